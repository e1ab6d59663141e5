// Asks the console's own address, and no other, in the session that the browser keeps.
let session = null;

export class Refused extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

async function ask(method, path, body) {
  const headers = {};
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (method !== 'GET' && session !== null) {
    headers['X-Console-Proof'] = session.proof;
  }
  const answer = await fetch('/console' + path, {
    method, headers, body: body === undefined ? undefined : JSON.stringify(body),
    credentials: 'same-origin', redirect: 'error'
  });
  const json = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) {
    throw new Refused(answer.status, json.error, json.message);
  }
  return json;
}

export const get = path => ask('GET', path);
export const change = (method, path, body) => ask(method, path, body);

export async function signedIn() {
  session = await get('/session');
  return session;
}

export const mayChange = () => session !== null && session.role !== 'reader';
export const isOwner = () => session !== null && session.role === 'owner';
// Each with the members that one is made of.
export const credentialTypes = () => session.credentials;

// Only to a page of the console, whatever an address says.
export function pageAfterSignIn() {
  const next = new URLSearchParams(location.search).get('next') ?? '';
  const isOwn = /^\/console(\/[\w.~\/-]*)?(\?[\w.~%=&:+!'()*-]*)?$/.test(next) && !next.includes('//');
  return isOwn ? next : '/console';
}

// Of a link of the API's the page here, where there is one.
const pages = /^\/admin(\/tenants\/\d+(\/(transfers|accounts|holders|lots)\/[\w-]+)?|(\/tenants\/\d+)?\/audit\?[\w.~%=&+!'()*-]*)$/;
export const pageOf = api => pages.test(api ?? '') ? api.replace('/admin', '/console') : null;

export function goToSignIn() {
  const here = location.pathname + location.search;
  location.replace('/console/sign-in?next=' + encodeURIComponent(here));
}
