// Tenants, and the credentials of one.
import { get, change, mayChange, credentialTypes } from './api.js';
import { el, fact, link, field, sure, table, time, title, notice } from './dom.js';

export async function show(place, view) {
  await (view === 'tenants' ? list(place) : one(place));
}

async function list(place) {
  if (mayChange()) {
    const form = el('form', { class: 'row', onsubmit: event => create(event, form) },
      field('Name of a new tenant', { name: 'name', required: true, maxlength: 255, autocomplete: 'off' }),
      el('button', { type: 'submit' }, 'Make'));
    place.append(form);
  }
  const rows = el('div', { 'aria-live': 'polite' });
  place.append(rows);
  await page(rows, '');
}

async function page(place, after) {
  const answer = await get('/admin/tenants?limit=50' + after);
  place.replaceChildren(table('Tenants', ['Number', 'Name', 'Status', 'Made'],
    answer.tenants.map(each => [String(each.id), link('/console/tenants/' + each.id, each.name),
      status(each.status), time(each.created_at)])));
  if (answer.next !== null) {
    place.append(el('p', {}, el('button', { type: 'button', onclick: () => page(place, '&after=' + answer.next) }, 'Further tenants')));
  }
}

const status = word => el('span', { class: 'status ' + word }, word);

async function create(event, form) {
  event.preventDefault();
  const made = await change('POST', '/admin/tenants', { name: form.elements.name.value });
  location.assign('/console/tenants/' + made.id);
}

async function one(place) {
  const path = location.pathname.replace(/^\/console/, '/admin');
  const tenant = await get(path);
  title('Tenant ' + tenant.name);
  const head = el('div', { 'aria-live': 'polite' });
  place.append(head);
  state(head, path, tenant);
  for (const type of credentialTypes()) {
    const section = el('section', {}, el('h2', {}, words(type.type)));
    place.append(section);
    await credentials(section, path + '/credentials/' + type.type, type);
  }
}

function state(place, path, tenant) {
  const limit = tenant.rate_limit;
  place.replaceChildren(el('dl', {},
    fact('Number', String(tenant.id)), fact('Status', status(tenant.status)), fact('Made', time(tenant.created_at)),
    fact('Rate limit', limit === null ? 'the API’s own' : limit.per_second + ' a second, ' + limit.burst + ' at once')));
  const step = { active: 'suspend', suspended: 'resume' }[tenant.status];
  if (mayChange() && step !== undefined) {
    const said = step === 'suspend' ? 'Nobody of this tenant will be let in. It can be resumed.' : 'Its clients will be let in again.';
    place.append(sure(capital(step), said, el('button', { type: 'button',
      onclick: async () => state(place, path, await change('POST', path + '/' + step)) }, capital(step))));
  }
}

const capital = word => word[0].toUpperCase() + word.slice(1);
const words = type => capital(type.replaceAll('-', ' ')).replace('Api', 'API').replace('Oauth', 'OAuth');

async function credentials(section, path, type) {
  const rows = el('div', { 'aria-live': 'polite' });
  if (mayChange()) {
    const secret = el('div', { role: 'status' });
    const form = el('form', { class: 'row', onsubmit: async event => {
      event.preventDefault();
      const body = Object.fromEntries(type.fields.map(name => [name, form.elements[name].value]));
      const made = await change('POST', path, body);
      form.reset();
      notice('');
      secret.replaceChildren(...shown(made, body));
      await issued(rows, path, '');
    } },
    type.fields.map(name => field(words(name.replaceAll('_', '-')), { name, required: true, maxlength: 255,
      type: name === 'password' ? 'password' : 'text', autocomplete: name === 'password' ? 'new-password' : 'off' })),
    el('button', { type: 'submit' }, 'Make'));
    section.append(form, secret);
  }
  section.append(rows);
  await issued(rows, path, '');
}

// What the answer has that the list will never have again.
function shown(made, body) {
  const lasting = ['id', 'number', 'label', 'scopes', 'created_at', 'revoked_at', 'expires_at', 'username', ...Object.keys(body)];
  const once = Object.entries(made).filter(([name]) => !lasting.includes(name));
  return once.length === 0 ? [] : [el('div', { class: 'card secret' },
    el('p', {}, el('strong', {}, 'Keep this now: it is shown this once.')),
    el('dl', {}, once.map(([name, value]) => fact(name, el('code', {}, value)))))];
}

async function issued(place, path, after) {
  const answer = await get(path + '?limit=50' + after);
  const rows = answer.credentials.map(each => [String(each.number), each.label, each.client_id ?? each.username ?? '–',
    time(each.created_at), each.revoked_at === null ? revoke(place, path, each) : ['revoked ', time(each.revoked_at)]]);
  place.replaceChildren(table('Issued', ['Number', 'Label', 'Known as', 'Made', 'Revoked'], rows));
  if (answer.next !== null) {
    place.append(el('p', {}, el('button', { type: 'button', onclick: () => issued(place, path, '&after=' + answer.next) }, 'Further ones')));
  }
}

function revoke(place, path, each) {
  return !mayChange() ? 'no' : sure('Revoke', 'Whoever has it is refused at once.', el('button', { type: 'button', onclick: async () => {
    await change('DELETE', path + '/' + each.id);
    await issued(place, path, '');
  } }, 'Revoke'));
}
