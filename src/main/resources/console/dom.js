// Makes elements. What comes from outside is only ever text.
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

export const fact = (name, value) => el('div', {}, el('dt', {}, name), el('dd', {}, value ?? '–'));

export const link = (href, text) => el('a', { href }, text);

export function notice(text, kind = 'bad') {
  const place = document.getElementById('notice');
  place.textContent = text;
  place.className = kind;
  place.hidden = text === '';
}

export function title(text) {
  document.title = text + ' · Sluice';
  document.querySelector('h1').textContent = text;
}

// A table that scrolls by itself where it is wider than the page; also by keyboard.
export function table(caption, heads, rows, none = 'none') {
  if (rows.length === 0) {
    return el('p', { class: 'none' }, caption + ': ' + none);
  }
  const isNumber = i => rows[0][i].className === 'number';
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    el('table', {}, el('caption', {}, caption),
      el('thead', {}, el('tr', {}, heads.map((head, i) => el('th', { scope: 'col', class: isNumber(i) ? 'number' : undefined }, head)))),
      el('tbody', {}, rows.map(row => el('tr', {}, row.map(cell => el('td', {}, cell)))))));
}

// What somebody has to say twice.
export function sure(word, said, ...parts) {
  return el('details', { class: 'sure' }, el('summary', {}, word + '…'), el('p', {}, said), parts);
}

let fields = 0;

function labelled(label, name, attributes, ...children) {
  const id = 'field-' + fields++;
  return el('p', { class: 'field' }, el('label', { for: id }, label), el(name, { id, ...attributes }, ...children));
}

// A label with its input.
export const field = (label, attributes) => labelled(label, 'input', attributes);

// A label with its list; of each choice the value and what it is called.
export const choice = (label, attributes, choices, chosen) => labelled(label, 'select', attributes,
  Object.entries(choices).map(([value, text]) => el('option', { value, selected: value === chosen }, text)));

// A moment in UTC, as an address has it: empty, or with its Z.
export const moment = (label, name, value) => field(label,
  { name, type: 'datetime-local', step: 1, value: (value ?? '').replace(/(\.\d+)?Z$/, '') });
export const instant = input => input.value === '' ? '' : input.value + 'Z';

// Where the filled ones of these lead, as a query.
export function query(values) {
  const filled = Object.entries(values).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  return filled.length === 0 ? '' : '?' + new URLSearchParams(filled);
}

export const more = (text, onclick) => el('p', {}, el('button', { type: 'button', onclick }, text));

// What is told this once, beside what shows who it is for.
export const secret = facts => el('div', { class: 'card secret' },
  el('p', {}, el('strong', {}, 'Keep this now: it is shown this once.')),
  el('dl', {}, facts.map(([name, value]) => fact(name, el('code', {}, value)))));

export const time = text => text === null || text === undefined ? '–'
  : el('time', { datetime: text }, text.replace('T', ' ').replace(/\.\d+Z$|Z$/, ' UTC'));
