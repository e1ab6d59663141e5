// Shows the document that the page names. Requests of the page go to where it came from.
const name = document.body.dataset.name;

// Swagger UI has a style for dark screens, but does not choose it.
const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', paint);
paint();

// Fills the demo's credentials in, where the demo runs: each into the scheme that has its header.
async function tryAsDemo(ui) {
  const answer = await fetch('/reference/' + name + '/try-it');
  const demo = answer.ok ? await answer.json() : null;
  if (demo === null) {
    return;
  }
  const schemes = ui.specSelectors.specJson().getIn(['components', 'securitySchemes']).toJS();
  for (const [id, scheme] of Object.entries(schemes)) {
    const header = scheme.type === 'http' ? 'Authorization' : scheme.name;
    const value = scheme.in === 'cookie' ? undefined : demo.headers[header];
    if (value !== undefined) {
      ui.preauthorizeApiKey(id, value.replace(/^Bearer /, ''));
    }
  }
  document.getElementById('demo').hidden = false;
}

const ui = SwaggerUIBundle({
  url: '/openapi/' + name + '.yaml',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  persistAuthorization: false,
  tryItOutEnabled: true,
  validatorUrl: null,
  onComplete: () => tryAsDemo(ui)
});
