// Plots of what the gateway does, by uPlot, in the colours of the page.
import uPlot from './uplot.js';
import { el } from './dom.js';

const narrow = 240;
const dark = matchMedia('(prefers-color-scheme: dark)');
// Told apart by colour-blind people too, on either paper; lines differ by their dashes besides.
const inks = { light: ['#0b5cad', '#b3510e', '#6a3d9a', '#1a6b37', '#a8201a', '#3c4752', '#8a6d00'],
  dark: ['#7db7ff', '#ffb27a', '#cdb2f0', '#7fd69b', '#ff9d96', '#c3ccd6', '#e5cd6a'] };
const dashes = [[], [8, 4], [2, 3], [8, 3, 2, 3], [12, 4], [4, 4], [1, 3]];
const format = value => value === null || value === undefined ? '–'
  : value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 });

const clock = seconds => new Date(seconds * 1000).toLocaleTimeString('en-GB');

// One that is drawn anew as a whole when its names or the colours change.
export class Plot {
  constructor(title, unit, hint) {
    this.title = title;
    this.unit = unit;
    this.text = el('p', { class: 'now' });
    this.place = el('div', { class: 'plot', 'aria-hidden': 'true' });
    this.element = el('section', { class: 'card wide', 'aria-label': title },
      el('h2', {}, title), el('p', { class: 'hint' }, hint), this.place, this.text);
    this.names = [];
    new ResizeObserver(() => this.resize()).observe(this.place);
    dark.addEventListener('change', () => this.draw());
  }

  // times in seconds; values by name, each as long as the times.
  show(times, values) {
    this.names = Object.keys(values);
    this.data = [times, ...this.names.map(name => values[name])];
    this.say();
    if (this.drawn !== undefined && this.drawnNames === this.names.join()) {
      this.drawn.setData(this.data);
    } else {
      this.draw();
    }
  }

  // What a picture tells only those who see it.
  say() {
    const now = this.data.slice(1).map((series, i) => this.names[i] + ': ' + format(series.at(-1)) + this.unit);
    this.text.textContent = now.length === 0 ? 'None so far.' : 'Now ' + now.join(', ') + '.';
  }

  draw() {
    this.drawn?.destroy();
    this.drawn = undefined;
    this.drawnNames = this.names.join();
    if (this.data === undefined || this.names.length === 0) {
      return;
    }
    const style = getComputedStyle(document.documentElement);
    const axis = { stroke: style.getPropertyValue('--soft'), grid: { stroke: style.getPropertyValue('--line'), width: 1 },
      ticks: { stroke: style.getPropertyValue('--line'), width: 1 }, font: '12px system-ui, sans-serif' };
    const colours = inks[dark.matches ? 'dark' : 'light'];
    this.drawn = new uPlot({
      width: this.width(), height: 200, cursor: { drag: { x: false, y: false } }, legend: { live: true },
      scales: { y: { range: (plot, low, high) => [0, Math.max(high ?? 0, 1) * 1.1] } },
      axes: [{ ...axis, space: 80, values: (plot, ticks) => ticks.map(clock) }, { ...axis, size: 56, values: (plot, ticks) => ticks.map(format) }],
      series: [{ label: 'Time', value: (plot, value) => value === null ? '–' : clock(value) }, ...this.names.map((name, i) => ({ label: name, width: 2,
        stroke: colours[i % colours.length], dash: dashes[i % dashes.length],
        value: (plot, value) => format(value) }))]
    }, this.data, this.place);
  }

  width() {
    return Math.max(this.place.clientWidth, narrow);
  }

  resize() {
    if (this.drawn !== undefined && this.drawn.width !== this.width()) {
      this.drawn.setSize({ width: this.width(), height: 200 });
    }
  }
}
