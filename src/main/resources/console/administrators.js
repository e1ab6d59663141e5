// Who administrates by name; for owners.
import { get, change, isOwner } from './api.js';
import { el, choice, field, more, notice, secret, sure, table, time } from './dom.js';

const path = '/admin/administrators';
const roles = { reader: 'reader: looks', operator: 'operator: also changes things', owner: 'owner: also says who administrates' };

export async function show(place) {
  if (!isOwner()) {
    place.append(el('p', { class: 'none' }, 'Owners say who administrates.'));
    return;
  }
  const told = el('div', { role: 'status' });
  const rows = el('div', { 'aria-live': 'polite' });
  const form = el('form', { class: 'row', onsubmit: async event => {
    event.preventDefault();
    const { name, role } = form.elements;
    await tell('POST', path, { name: name.value, role: role.value });
    form.reset();
  } },
  field('Name', { name: 'name', required: true, maxlength: 255, autocomplete: 'off' }),
  choice('Role', { name: 'role' }, roles, 'reader'),
  el('button', { type: 'submit' }, 'Make'));
  place.append(form, told, rows);

  async function tell(method, at, body) {
    const made = await change(method, at, body);
    notice('');
    told.replaceChildren(...made === null ? [] : [secret([['name', made.name], ['token', made.token]])]);
    await list();
  }

  const step = (word, said, method, at) => sure(word, said, more(word, () => tell(method, at)));

  async function list() {
    const { administrators } = await get(path);
    rows.replaceChildren(table('Administrators', ['Name', 'Role', 'Made', 'Token from', 'Token'],
      administrators.map(one => [one.name, one.role, time(one.created_at), time(one.rotated_at ?? one.created_at),
        one.revoked_at !== null ? ['revoked ', time(one.revoked_at)]
          : [step('Rotate', 'Another token takes the place of this one, which ends at once.', 'POST', path + '/' + one.id + '/rotate'),
            step('Revoke', 'The token ends at once, for ever.', 'DELETE', path + '/' + one.id)]]), 'nobody by name; whoever has the admin token is an owner'));
  }
  await list();
}
