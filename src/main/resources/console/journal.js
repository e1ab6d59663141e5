// The transfers of all dialects of a tenant, in the order in which they were sealed.
import { get } from './api.js';
import { el, fact, field, link, query, table, time } from './dom.js';

const most = 50;
const home = location.pathname.replace(/\/journal$/, '');
const at = from => location.pathname + query({ from: String(Math.max(from, 0)) });

export async function show(place) {
  const admin = home.replace('/console', '/admin');
  const head = await get(admin + '/seal');
  const last = Math.max(head.size - most, 0);
  const from = new URLSearchParams(location.search).get('from') ?? String(last);
  const page = await get(admin + '/journal' + query({ from, limit: most }));
  const first = page.next - page.journal.length;
  place.append(
    el('p', {}, link(home, 'Tenant ' + home.split('/')[3])),
    el('dl', {}, fact('Sealed', head.size.toLocaleString('en') + ' entries'), fact('Last sealed', time(head.sealed_at)),
      fact('Root hash', el('code', {}, head.root_hash))),
    form(first),
    table('Entries', ['Position', 'Time', 'Entry', 'Status', 'Asked for by', 'Postings'], page.journal.map(row), 'none from there on'),
    el('p', { class: 'links' }, first > 0 ? [link(at(0), 'First'), link(at(first - most), 'Earlier')] : null,
      page.journal.length === most ? link(at(page.next), 'Later') : null, link(location.pathname, 'Latest')));
}

function form(first) {
  const place = el('form', { class: 'row', onsubmit: event => {
    event.preventDefault();
    location.assign(at(Number(place.elements.from.value)));
  } },
  field('From position', { name: 'from', type: 'number', min: 0, max: 2147483647, step: 1, required: true, value: String(first) }),
  el('button', { type: 'submit' }, 'Show'));
  return place;
}

function row(entry) {
  const asker = entry.credential;
  return [String(entry.position), time(entry.created_at),
    link(home + '/transfers/' + entry.id, entry.dialect + ' ' + entry.kind), entry.status,
    asker === null ? 'the operator' : asker.type + ' ' + asker.number + ', ' + asker.label,
    el('ul', { class: 'plain' }, entry.postings.map(one => el('li', {}, el('span', { class: 'amount' }, one.amount), ' ' + one.asset.reference + ' ',
      link(home + '/holders/' + one.holder.id, one.holder.reference), one.bucket === 'available' ? '' : ' (' + one.bucket + ')')))];
}
