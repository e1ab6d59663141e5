// Verifies the books beside traffic, and tells how far it is.
import { get, change, mayChange } from './api.js';
import { el, table, time, notice } from './dom.js';

const every = 1000;
const words = { never: 'This gateway has not verified the books since its start.', running: 'Running',
  stopped: 'Stopped before its end', failed: 'Failed', whole: 'The books are whole', not_whole: 'The books are NOT whole' };
const count = number => number.toLocaleString('en');

export async function show(place) {
  const state = el('div', {});
  const said = el('p', { class: 'status', role: 'status' });
  const start = el('button', { type: 'button', onclick: () => begin('POST') }, 'Verify now');
  const stop = el('button', { type: 'button', class: 'quiet', onclick: () => begin('DELETE') }, 'Stop');
  place.append(
    el('p', {}, 'Recomputes every balance, every posting chain and every asset’s sum from one snapshot, on one connection, while transfers go on.'),
    el('p', { class: 'row' }, mayChange() ? [start, ' ', stop] : 'An operator can start it.'), said, state);

  async function begin(method) {
    notice('');
    await change(method, '/admin/verification');
    await look();
  }

  async function look() {
    const it = await get('/admin/verification');
    const isRunning = it.status === 'running';
    start.disabled = isRunning;
    stop.hidden = !isRunning;
    if (said.textContent !== words[it.status]) {
      said.textContent = words[it.status];
      said.className = 'status ' + it.status;
    }
    state.replaceChildren(...parts(it));
    clearTimeout(timer);
    if (isRunning && !document.hidden) {
      timer = setTimeout(look, every);
    }
  }
  let timer;
  await look();
  document.addEventListener('visibilitychange', () => document.hidden ? clearTimeout(timer) : look());
}

function parts(it) {
  const all = [];
  if (it.started_at !== null) {
    all.push(el('p', {}, 'Started ', time(it.started_at), it.ended_at === null ? '' : ', ended ', it.ended_at === null ? '' : time(it.ended_at)));
  }
  if (it.status === 'running') {
    const permille = it.progress?.permille ?? 0;
    all.push(el('p', { class: 'field' }, el('label', { for: 'progress' }, 'Done: ' + (permille / 10).toFixed(1) + ' %'),
      el('progress', { id: 'progress', max: 1000, value: permille })));
  }
  if (it.status === 'running' && it.progress !== null) {
    const step = it.progress;
    all.push(el('p', { class: 'none' }, step.steps === 0 ? step.what
      : 'Step ' + step.step + ' of ' + step.steps + ', tenant ' + step.tenant + ': ' + step.what + ' (' + count(step.rows) + ' rows)',
    step.left_seconds === null ? '' : '; about ' + count(step.left_seconds) + ' s more'));
  }
  if (it.failure !== null) {
    all.push(el('p', { class: 'none' }, it.failure));
  }
  if (it.report !== null) {
    const report = it.report;
    all.push(el('p', {}, count(report.tenants) + ' tenants, ' + count(report.transfers) + ' transfers, ' + count(report.postings)
      + ' postings, ' + (report.elapsed_ms / 1000).toFixed(1) + ' s'));
    if (!report.whole) {
      all.push(table('What does not hold', ['Tenant', 'Rule', 'Times', 'Such as'],
        report.findings.map(one => [String(one.tenant), one.rule, count(one.violations), one.examples.join('; ')])));
    }
  }
  return all;
}
