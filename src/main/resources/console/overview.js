// What the gateway does now, as it tells every two seconds, and whether it is well.
import { signedIn } from './api.js';
import { searchForm } from './find.js';
import { el, notice, table } from './dom.js';
import { Plot } from './plots.js';

const kept = 150;
let past = [];

const plots = {
  throughput: new Plot('Transfers', ' a second', 'What became of commands, a second.'),
  latency: new Plot('Time of a request', ' ms', 'From a request’s headers to its answer, all APIs, in milliseconds, as estimated from buckets.'),
  refusals: new Plot('Refused, by reason', ' a second', 'By the ledger or a dialect, and what never got so far.'),
  lanes: new Plot('Batches', '', 'Commands in a transaction, and how many wait.'),
  commits: new Plot('Time of a commit', ' ms', 'The mean of the flush that writes and commits, in milliseconds.')
};

const done = ['posted', 'replayed'];
const names = pick => [...new Set(past.flatMap(one => Object.keys(pick(one))))].sort();
const series = (all, pick) => Object.fromEntries(all.map(name => [name, past.map(one => pick(one)[name] ?? 0)]));
const only = (outcomes, keep) => Object.fromEntries(Object.entries(outcomes).filter(([name]) => keep(name)));

// A reason that never came is no line.
const ever = values => Object.fromEntries(Object.entries(values).filter(([, series]) => series.some(value => value > 0)));

// The reason in place of the outcome "refused"; other outcomes are reasons by themselves.
const reasons = one => ({ ...one.reasons, ...only(one.outcomes, name => !done.includes(name) && name !== 'refused') });

function draw() {
  const times = past.map(one => one.time / 1000);
  const outcomes = one => only(one.outcomes, name => done.includes(name));
  plots.throughput.show(times, { ...series(names(outcomes), outcomes), refused: past.map(one => one.outcomes.refused ?? 0) });
  plots.latency.show(times, { p50: past.map(one => one.p50_ms), p99: past.map(one => one.p99_ms) });
  plots.refusals.show(times, ever(series(names(reasons), reasons)));
  plots.lanes.show(times, { 'a batch': past.map(one => one.batch_size), waiting: past.map(one => one.queue), lanes: past.map(one => one.lanes) });
  plots.commits.show(times, { commit: past.map(one => one.commit_ms) });
}

// A tab that nobody sees is told nothing; whoever comes back to it is told the past first.
function listen(well) {
  let source = null;
  const look = () => {
    source?.close();
    source = document.hidden ? null : open(well);
  };
  document.addEventListener('visibilitychange', look);
  look();
}

function open(well) {
  const source = new EventSource('/console/measures');
  source.addEventListener('past', async event => {
    notice('');
    past = JSON.parse(event.data);
    draw();
    await health(well);
  });
  source.addEventListener('measures', event => {
    past = [...past, JSON.parse(event.data)].slice(-kept);
    draw();
  });
  source.addEventListener('error', failed);
  return source;
}

async function failed(event) {
  if (event.target.readyState === EventSource.CLOSED) {
    await signedIn();
    notice('The plots stand still: the gateway tells no more pages. Reload to try again.');
  }
}

async function health(place) {
  const answer = await fetch('/health/ready');
  const told = await answer.json();
  place.replaceChildren(table('Health: ' + told.status, ['Check', 'Status', 'Detail'],
    told.checks.map(check => [check.name, el('span', { class: 'status ' + check.status }, check.status), check.detail])));
}

export async function show(place) {
  const well = el('section', {});
  place.append(searchForm(), el('div', { class: 'plots' }, Object.values(plots).map(plot => plot.element)), well);
  listen(well);
  await health(well);
}
