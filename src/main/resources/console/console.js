// What every page begins with: who is signed in, and the module that fills the page.
import { signedIn, change, goToSignIn, isOwner, Refused } from './api.js';
import { el, notice } from './dom.js';

const modules = {
  'sign-in': './sign-in.js', overview: './overview.js', find: './find.js',
  tenants: './tenants.js', tenant: './tenants.js',
  transfer: './things.js', account: './things.js', holder: './things.js', lot: './things.js',
  journal: './journal.js', audit: './audit.js', administrators: './administrators.js', verify: './verify.js'
};
const view = document.body.dataset.view;
const place = document.getElementById('view');

function failed(problem) {
  if (problem instanceof Refused && problem.status === 401 && view !== 'sign-in') {
    goToSignIn();
    return;
  }
  place.removeAttribute('aria-busy');
  notice(problem instanceof Refused ? problem.message : 'The gateway does not answer.');
}

// Forms and buttons fail here, too.
window.addEventListener('unhandledrejection', event => {
  event.preventDefault();
  failed(event.reason);
});

async function signOut() {
  await change('DELETE', '/session');
  location.replace('/console/sign-in');
}

function greet(session) {
  const who = document.getElementById('who');
  who.append(session.name + ' (' + session.role + ') ',
    el('button', { type: 'button', class: 'quiet', onclick: signOut }, 'Sign out'));
  who.hidden = false;
  const nav = document.getElementById('nav');
  nav.hidden = false;
  nav.querySelector('[href="/console/administrators"]').hidden = !isOwner();
  for (const entry of nav.querySelectorAll('a')) {
    const path = entry.getAttribute('href');
    const isHere = path === '/console' ? location.pathname === path : location.pathname.startsWith(path);
    if (isHere) {
      entry.setAttribute('aria-current', 'page');
    }
  }
}

async function start() {
  if (view !== 'sign-in') {
    greet(await signedIn());
  }
  if (view in modules) {
    place.setAttribute('aria-busy', 'true');
    const module = await import(modules[view]);
    await module.show(place, view);
    place.removeAttribute('aria-busy');
  } else {
    place.append(el('p', {}, 'There is no page at this address.'));
  }
  place.dataset.shown = view;
}

start().catch(failed);
