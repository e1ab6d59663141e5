import { change, pageAfterSignIn } from './api.js';
import { el, field, notice } from './dom.js';

export function show(place) {
  const form = el('form', { class: 'card', onsubmit: event => signIn(event, form) },
    el('p', {}, 'With the admin token of this gateway, or that of an administrator.'),
    field('Token', { name: 'token', type: 'password', autocomplete: 'current-password', required: true, spellcheck: 'false' }),
    el('p', {}, el('button', { type: 'submit' }, 'Sign in')));
  place.append(form);
  form.elements.token.focus();
}

async function signIn(event, form) {
  event.preventDefault();
  notice('');
  const token = form.elements.token.value.trim();
  form.elements.token.value = '';
  try {
    await change('POST', '/session', { token });
  } catch (refused) {
    form.elements.token.focus();
    throw refused;
  }
  location.replace(pageAfterSignIn());
}
