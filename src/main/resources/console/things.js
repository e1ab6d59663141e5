// Transfers, accounts, holders and lots, each at its own address, as the books have them.
import { get, change, mayChange, pageOf } from './api.js';
import { el, fact, link, field, more, sure, table, time, title } from './dom.js';

const tenant = location.pathname.split('/')[3];
const home = '/console/tenants/' + tenant;
const to = (kind, id) => id === null || id === undefined ? '–' : link(home + '/' + kind + 's/' + id, id);

const facts = pairs => el('dl', {}, pairs.map(([name, value]) => fact(name, value)));

const party = one => one === null || one === undefined ? '–'
  : [one.kind + ' ', el('code', {}, one.reference)];
const holder = one => [one.kind + ' ', link(home + '/holders/' + one.id, one.reference)];
const json = value => el('pre', { tabindex: 0, 'aria-label': 'JSON' }, JSON.stringify(value, null, 2));
const heading = (text, ...parts) => el('section', {}, el('h2', {}, text), ...parts);

// By a new entry, once; which kinds can be is the gateway's to say.
function reversing(path) {
  const form = el('form', { class: 'row', onsubmit: async event => {
    event.preventDefault();
    const made = await change('POST', path + '/reverse', { reason: form.elements.reason.value });
    location.assign(made.link.replace(/^\/admin/, '/console'));
  } },
  field('Reason', { name: 'reason', required: true, maxlength: 200, autocomplete: 'off' }),
  el('button', { type: 'submit' }, 'Reverse'));
  return sure('Reverse', 'A new entry takes back what this one has moved. It cannot be reversed itself.', form);
}

function transfer(place, it, path) {
  title('Transfer: ' + it.dialect + ' ' + it.kind);
  const asker = it.credential;
  place.append(
    facts([['Id', el('code', {}, it.id)], ['Status', it.status], ['Made', time(it.created_at)],
      ['Asked for by', asker === null ? 'the operator' : asker.type + ' ' + asker.number + ', ' + asker.label],
      ['Digest of its key', it.key_digest], ['Reverses', to('transfer', it.reverses)],
      ['Reversed by', to('transfer', it.reversed_by)]]),
    el('p', { class: 'links' }, link(pageOf(it.audit), 'What the audit says of it')),
    mayChange() && it.status === 'posted' && it.reverses === null && it.reversed_by === null ? reversing(path) : '',
    table('Postings', ['Account', 'Holder', 'Asset', 'Bucket', 'Amount', 'Balance after'],
      it.postings.map(one => [to('account', one.account_id), holder(one.holder), party(one.asset), one.bucket,
        number(one.amount), number(one.balance)])),
    table('Lots', ['Lot', 'Account', 'Amount'],
      it.lots.map(one => [to('lot', one.lot_id), to('account', one.account_id), number(one.amount)])),
    table('Events', ['Type', 'Made', 'Delivery', 'Attempts', 'Error'],
      it.events.map(one => [one.type, time(one.created_at), one.delivery?.status ?? '–',
        String(one.delivery?.attempts ?? '–'), one.delivery?.error ?? '–'])),
    heading('Request', json(it.request)), receipt(it.receipt));
}

// Made when somebody asks for it; it is there once the entry is sealed.
function receipt(path) {
  const place = heading('Receipt', more('Show it', async () => {
    const proof = json(await get(path));
    place.replaceChildren(el('h2', {}, 'Receipt'), el('p', { class: 'none' }, 'What proves the entry to whoever kept a head of the sealed books.'), proof);
    proof.focus();
  }));
  return place;
}

const number = text => el('span', { class: 'number' }, text);

function accountFacts(it) {
  return facts([['Id', el('code', {}, it.account_id)], ['Holder', holder(it.holder)], ['Asset', party(it.asset)],
    ['Bucket', it.bucket], ['Status', it.status], ['Balance', it.balance], ['Floor', it.floor],
    ['Overdrawn', it.overdrawn], ['Entries', String(it.sequence)], ['Last moved', time(it.updated_at)]]);
}

function atForm(at) {
  const form = el('form', { class: 'row', onsubmit: event => {
    event.preventDefault();
    location.search = '?at=' + encodeURIComponent(form.elements.at.value + 'Z');
  } },
  field('As it stood at (UTC)', { name: 'at', type: 'datetime-local', step: 1, required: true, value: at.replace(/(\.\d+)?Z$/, '') }),
  el('button', { type: 'submit' }, 'Show'));
  return form;
}

async function account(place, it, path) {
  title('Account of ' + it.holder.reference);
  place.append(accountFacts(it));
  const then = heading('At a time', atForm(new URLSearchParams(location.search).get('at') ?? ''));
  if (it.at !== null) {
    then.append(facts([['At the end of', time(it.at.time)], ['Balance', it.at.balance], ['Entries', String(it.at.sequence)]]));
  }
  place.append(then);
  const statement = el('div', { 'aria-live': 'polite' });
  place.append(statement);
  await page(statement, path, '');
}

// The page of a statement in place of the one before.
async function page(place, path, before) {
  const lines = await get(path + '/postings?limit=50' + before);
  place.replaceChildren(table('Statement', ['Entry', 'Time', 'Kind', 'Amount', 'Balance', 'Transfer'],
    lines.postings.map(line => [String(line.sequence), time(line.created_at), line.kind,
      number(line.amount), number(line.balance), to('transfer', line.transfer_id)])));
  if (lines.next !== null) {
    place.append(more('Earlier entries', () => page(place, path, '&before=' + lines.next)));
  }
}

function holderPage(place, it) {
  title('Holder ' + it.reference);
  place.append(
    facts([['Id', el('code', {}, it.id)], ['Kind', it.kind], ['Reference', it.reference], ['Status', it.status],
      ['Made', time(it.created_at)], ['Changed', time(it.updated_at)]]),
    table('Accounts', ['Account', 'Asset', 'Bucket', 'Status', 'Balance', 'Last moved'],
      it.accounts.map(one => [to('account', one.account_id), party(one.asset), one.bucket, one.status,
        number(one.balance), time(one.updated_at)])),
    heading('Detail', json(it.detail)));
}

// 2,000 entries are looked at for a page, so one may be empty and go on.
async function departures(place, path, after) {
  const page = await get(path + '?limit=50' + after);
  place.replaceChildren(table('What has left it', ['Transfer', 'Kind', 'Amount', 'Time'],
    page.departures.map(one => [to('transfer', one.transfer_id), one.kind, number(one.amount), time(one.created_at)]),
    page.next === null ? 'nothing' : 'nothing so far'));
  if (page.next !== null) {
    place.append(more('Later ones', () => departures(place, path, '&after=' + page.next)));
  }
}

async function lot(place, it) {
  title('Lot');
  place.append(
    facts([['Id', el('code', {}, it.id)], ['Account', to('account', it.account.account_id)],
      ['Holder', holder(it.account.holder)], ['Asset', party(it.account.asset)], ['Amount', it.amount],
      ['Remaining', it.remaining], ['Status', it.status], ['Made', time(it.created_at)],
      ['Matures', time(it.matures_at)], ['Expires', time(it.expires_at)], ['Reference', it.reference],
      ['Issuer', to('holder', it.issuer_id)], ['Split from', to('lot', it.parent_id)],
      ['Split into', it.left_child_id === null ? '–' : [to('lot', it.left_child_id), ' ', to('lot', it.right_child_id)]]]),
    table('How it came', ['Transfer', 'Kind', 'To account', 'Amount', 'Time'],
      it.arrivals.map(one => [to('transfer', one.transfer_id), one.kind, to('account', one.account_id),
        number(one.amount), time(one.created_at)])));
  const left = el('div', { 'aria-live': 'polite' });
  place.append(left);
  await departures(left, it.departures, '');
}

const views = { transfer, account, holder: holderPage, lot };

export async function show(place, view) {
  const path = location.pathname.replace(/^\/console/, '/admin');
  const it = await get(path + (view === 'account' ? location.search : ''));
  place.append(el('p', {}, link(home, 'Tenant ' + tenant)));
  await views[view](place, it, path);
}
