// What was written down, of a tenant or of what concerns none. What is asked for stands in the address.
import { get, pageOf } from './api.js';
import { el, choice, field, fact, instant, link, moment, query, table, time } from './dom.js';

const about = { action: 'Action', request: 'Request id', transfer: 'Transfer', credential: 'Number of a credential' };
const types = { start: 'asked for', end: 'answered', denied: 'denied', error: 'failed' };

// What every record has, and what has a column of its own.
const known = ['@timestamp', 'log.level', 'message', 'ecs.version', 'service.name', 'log.logger', 'event.action',
  'event.type', 'event.outcome', 'user.name', 'sluice.tenant', 'sluice.transfer'];

export async function show(place) {
  const address = new URLSearchParams(location.search);
  const tenant = location.pathname.split('/')[3];
  place.append(el('p', {}, tenant === undefined
    ? 'What concerns no tenant, or none that is known: failed logins, administrators, starts. What concerns a tenant is on its page.'
    : link('/console/tenants/' + tenant, 'Tenant ' + tenant)), form(address));
  const wanted = Object.fromEntries(address);
  const answer = await get(location.pathname.replace('/console', '/admin') + query({ limit: 50, ...wanted }));
  place.append(table('Records, newest first', ['Time', 'Who', 'Action', 'What became of it', 'Transfer', 'Besides'],
    answer.records.map(one => row(one, tenant))));
  const further = [[answer.next !== null, { ...wanted, before: answer.next }, 'Earlier records'],
    [address.has('before'), { ...wanted, before: '' }, 'The newest records']];
  place.append(el('p', { class: 'links' }, further.filter(([isThere]) => isThere)
    .map(([, values, text]) => link(location.pathname + query(values), text))));
}

function form(address) {
  const chosen = Object.keys(about).find(name => address.has(name)) ?? 'action';
  const place = el('form', { role: 'search', class: 'row', onsubmit: event => {
    event.preventDefault();
    const { by, value, from, to } = place.elements;
    location.assign(location.pathname + query({ [by.value]: value.value.trim(), from: instant(from), to: instant(to) }));
  } },
  choice('About', { name: 'by' }, about, chosen),
  field('Which', { name: 'value', type: 'search', maxlength: 512, value: address.get(chosen) ?? '', autocomplete: 'off', spellcheck: 'false' }),
  moment('From (UTC)', 'from', address.get('from')), moment('To (UTC)', 'to', address.get('to')),
  el('button', { type: 'submit' }, 'Show'));
  return place;
}

function row(one, tenant) {
  const transfer = one['sluice.transfer'];
  const page = tenant === undefined ? null : pageOf('/admin/tenants/' + tenant + '/transfers/' + transfer);
  const besides = Object.entries(one).filter(([name]) => !known.includes(name));
  const outcome = el('span', { class: 'status ' + one['event.outcome'], title: one.message }, types[one['event.type']] ?? one['event.outcome']);
  return [time(one['@timestamp']), one['user.name'] ?? '–', one['event.action'], outcome,
    transfer === undefined ? '–' : page === null ? transfer : link(page, transfer),
    el('dl', { class: 'small' }, besides.map(([name, value]) => fact(name, String(value))))];
}
