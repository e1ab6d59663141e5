// Tenants, and the credentials of one.
import { get, change, isOwner, mayChange, credentialTypes } from './api.js';
import { el, fact, link, field, more, secret, sure, table, time, title, notice } from './dom.js';

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
    place.append(more('Further tenants', () => page(place, '&after=' + answer.next)));
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
  const head = el('div', { 'aria-live': 'polite' });
  place.append(el('p', { class: 'links' }, link(location.pathname + '/journal', 'Journal'), link(location.pathname + '/audit', 'Audit')), head);
  state(head, path, tenant);
  for (const type of credentialTypes()) {
    const section = el('section', {}, el('h2', {}, words(type.type)));
    place.append(section);
    await credentials(section, path + '/credentials/' + type.type, type);
  }
}

// What a tenant in this state may be made, and what that means.
const steps = {
  active: { suspend: 'Nobody of this tenant will be let in. It can be resumed.' },
  suspended: { resume: 'Its clients will be let in again.' },
  closed: {}
};
const closing = 'Nobody of this tenant will be let in, ever. Its books stay.';

function state(place, path, tenant) {
  title('Tenant ' + tenant.name);
  const limit = tenant.rate_limit;
  const set = async (method, at, body) => {
    const changed = await change(method, path + at, body);
    notice('');
    state(place, path, changed);
  };
  const possible = Object.entries({ ...steps[tenant.status], ...isOwner() && tenant.status !== 'closed' ? { close: closing } : {} });
  place.replaceChildren(el('dl', {},
    fact('Number', String(tenant.id)), fact('Status', status(tenant.status)), fact('Made', time(tenant.created_at)),
    fact('Rate limit', limit === null ? 'the API’s own' : limit.per_second === 0 ? 'none' : limit.per_second + ' a second, ' + limit.burst + ' at once')),
  ...mayChange() ? [
    ...possible.map(([step, said]) => sure(capital(step), said, more(capital(step), () => set('POST', '/' + step)))),
    sure('Rename', 'Clients see nothing of it.', renaming(tenant, set)),
    sure('Limit', 'Requests a second of all its clients together; 0 for no limit.', limiting(limit, set))] : []);
}

function renaming(tenant, set) {
  const form = el('form', { class: 'row', onsubmit: event => {
    event.preventDefault();
    return set('PATCH', '', { name: form.elements.name.value });
  } },
  field('Name', { name: 'name', required: true, maxlength: 255, autocomplete: 'off', value: tenant.name }),
  el('button', { type: 'submit' }, 'Rename'));
  return form;
}

function limiting(limit, set) {
  const whole = (name, least, value) => ({ name, type: 'number', min: least, max: 1000000, step: 1, required: true, value });
  const form = el('form', { class: 'row', onsubmit: event => {
    event.preventDefault();
    return set('PUT', '/rate-limit', { per_second: Number(form.elements.rate.value), burst: Number(form.elements.burst.value) });
  } },
  field('A second', whole('rate', 0, limit?.per_second)), field('At once', whole('burst', 1, limit?.burst)),
  el('button', { type: 'submit' }, 'Set'),
  limit === null ? null : el('button', { type: 'button', class: 'quiet', onclick: () => set('DELETE', '/rate-limit') }, 'The API’s own'));
  return form;
}

const capital = word => word[0].toUpperCase() + word.slice(1);
const words = type => capital(type.replaceAll('-', ' ')).replace('Api', 'API').replace('Oauth', 'OAuth');

async function credentials(section, path, type) {
  const rows = el('div', { 'aria-live': 'polite' });
  if (mayChange()) {
    const told = el('div', { role: 'status' });
    const form = el('form', { class: 'row', onsubmit: async event => {
      event.preventDefault();
      const body = Object.fromEntries(type.fields.map(name => [name, form.elements[name].value]));
      const made = await change('POST', path, body);
      form.reset();
      notice('');
      told.replaceChildren(...shown(made, body));
      await issued(rows, path, '');
    } },
    type.fields.map(name => field(words(name.replaceAll('_', '-')), { name, required: true, maxlength: 255,
      type: name === 'password' ? 'password' : 'text', autocomplete: name === 'password' ? 'new-password' : 'off' })),
    el('button', { type: 'submit' }, 'Make'));
    section.append(form, told);
  }
  section.append(rows);
  await issued(rows, path, '');
}

// What the answer has that the list will never have again.
function shown(made, body) {
  const lasting = ['id', 'number', 'label', 'scopes', 'created_at', 'revoked_at', 'expires_at', 'username', ...Object.keys(body)];
  const once = Object.entries(made).filter(([name]) => !lasting.includes(name));
  return once.length === 0 ? [] : [secret(once)];
}

async function issued(place, path, after) {
  const answer = await get(path + '?limit=50' + after);
  const rows = answer.credentials.map(each => [String(each.number), each.label, each.client_id ?? each.username ?? '–',
    time(each.created_at), each.revoked_at === null ? revoke(place, path, each) : ['revoked ', time(each.revoked_at)]]);
  place.replaceChildren(table('Issued', ['Number', 'Label', 'Known as', 'Made', 'Revoked'], rows));
  if (answer.next !== null) {
    place.append(more('Further ones', () => issued(place, path, '&after=' + answer.next)));
  }
}

function revoke(place, path, each) {
  return !mayChange() ? 'no' : sure('Revoke', 'Whoever has it is refused at once.', more('Revoke', async () => {
    await change('DELETE', path + '/' + each.id);
    await issued(place, path, '');
  }));
}
