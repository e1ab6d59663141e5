// Whatever somebody quotes: what it is, whose, and its page. The question stands in the address.
import { get, pageOf } from './api.js';
import { el, link, field, table } from './dom.js';

// Credentials are on the page of their tenant.
function page(found) {
  const own = pageOf(found.link?.replace(/\/credentials\/[\w-]+$/, ''));
  return own === null ? found.id ?? '–' : link(own, found.id ?? 'its page');
}

export function searchForm(query = '') {
  const form = el('form', { role: 'search', class: 'row', onsubmit: event => {
    event.preventDefault();
    location.assign('/console/find?q=' + encodeURIComponent(form.elements.q.value));
  } },
  field('Any id, key, reference or name', { name: 'q', type: 'search', required: true, maxlength: 512, value: query, autocomplete: 'off', spellcheck: 'false' }),
  el('button', { type: 'submit' }, 'Find'));
  return form;
}

export async function show(place) {
  const address = new URLSearchParams(location.search);
  const query = address.get('q') ?? '';
  const form = searchForm(query);
  place.append(form);
  if (query === '') {
    form.elements.q.focus();
    return;
  }
  const after = address.get('after') === null ? '' : '&after_tenant=' + encodeURIComponent(address.get('after'));
  const answer = await get('/admin/find?q=' + encodeURIComponent(query) + after);
  place.append(table('Found', ['What', 'Page', 'By', 'Kind', 'Tenant'],
    answer.found.map(found => [found.what, page(found), found.by, found.kind,
      found.tenant === null ? '–' : link('/console/tenants/' + found.tenant.id, found.tenant.name)]), 'nothing'));
  place.append(...answer.notes.map(note => el('p', { class: 'none' }, note)));
  if (answer.next !== null) {
    place.append(el('p', {}, link('/console/find?q=' + encodeURIComponent(query) + '&after=' + answer.next, 'Look in further tenants')));
  }
}
