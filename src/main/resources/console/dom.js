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

// A label with its input.
export function field(label, attributes) {
  const id = 'field-' + fields++;
  return el('p', { class: 'field' }, el('label', { for: id }, label), el('input', { id, ...attributes }));
}

export const time = text => text === null || text === undefined ? '–'
  : el('time', { datetime: text }, text.replace('T', ' ').replace(/\.\d+Z$|Z$/, ' UTC'));
