// Shows the document that the page names. Requests of the page go to where it came from.
SwaggerUIBundle({
  url: document.body.dataset.document,
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  persistAuthorization: false,
  tryItOutEnabled: true,
  validatorUrl: null
});
