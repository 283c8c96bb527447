/// What draws the parts of the page that are looked into: rows are made when they come into view.
///
/// It puts text into the page as text only, never as markup, and asks for nothing.
enum PageScript {
  static let text =
    "\n(() => {\n'use strict';\n" + [basics, rows, timeline, grid, output, details, controls].joined(separator: "\n") + "\n})();\n"

  private static let basics = #"""
    const story = JSON.parse(document.getElementById('story').textContent);
    const signs = {
      succeeded: '\u2713', failed: '\u2717', unreachable: '\u2298', unknown: '?', cancelled: '\u25a0', skipped: '\u2013', running: '\u2026',
    };
    const words = { unknown: 'outcome unknown', skipped: 'not started', running: 'not ended' };
    const say = outcome => words[outcome] || outcome;

    function el(name, attributes, ...children) {
      const node = document.createElement(name);
      for (const [key, value] of Object.entries(attributes || {})) {
        if (value === undefined || value === null || value === false) continue;
        if (key === 'on') for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
        else if (key === 'at') for (const [side, place] of Object.entries(value)) node.style[side] = place;
        else node.setAttribute(key, value === true ? '' : value);
      }
      node.append(...children.filter(child => child !== undefined && child !== null && child !== ''));
      return node;
    }

    function seconds(ms) {
      if (ms < 59995) return Math.round(ms / 10) / 100 + ' s';
      const whole = Math.round(ms / 1000);
      return [[Math.floor(whole / 3600), 'h'], [Math.floor(whole / 60) % 60, 'min'], [whole % 60, 's']]
        .filter(part => part[0] > 0).map(part => part.join(' ')).join(' ');
    }

    const firstLine = text => text.split('\n')[0];
    const nameOfPhase = phase => phase.title + (phase.how ? ', ' + phase.how : '');
    const count = (number, noun, plural) => number.toLocaleString('en') + ' ' + (number === 1 ? noun : plural || noun + 's');

    // A cell: host, step, outcome, begun, ended, status, its output's group, problem, attempts.
    const cells = story.cells.map(([host, step, outcome, begun, ended, status, group, problem, attempts]) =>
      ({ host, step, outcome, begun, ended, status, group, problem, attempts }));
    const cellsOf = story.hosts.map(() => []), width = story.steps.length;
    const places = new Int32Array(story.hosts.length * width);
    cells.forEach((cell, index) => { cellsOf[cell.host].push(index); places[cell.host * width + cell.step] = index + 1; });
    const cellAt = (host, step) => cells[places[host * width + step] - 1];
    const members = story.phases.map(phase => new Set(phase.batches.flat()));
    const takesPart = (host, step) =>
      members[story.steps[step].phase].has(host) && (!story.steps[step].once || story.steps[step].once === story.hosts[host].name);

    // The hosts behind a group of equal output.
    const speakers = story.output.map(groups => groups.map(() => []));
    for (const cell of cells) if (cell.group !== null) speakers[cell.step][cell.group].push(cell.host);

    /// The lines of a group; those of all but the first may be told by what differs.
    function linesOf(step, number) {
      const group = story.output[step][number];
      return group.lines || changesOf(step, number).filter(change => change[0] !== '-').map(change => change[1]);
    }

    function changesOf(step, number) {
      const old = story.output[step][0].lines, changes = [];
      let place = 0;
      for (const run of story.output[step][number].changes) {
        if (Array.isArray(run)) changes.push(['+', run]);
        else for (let left = Math.abs(run); left > 0; left--) changes.push([run > 0 ? ' ' : '-', old[place++]]);
      }
      return changes;
    }
    """#

  private static let rows = #"""
    /// A list of which only the rows in view exist.
    class Rows {
      constructor(box, body, draw) {
        Object.assign(this, { box, body, draw, list: [], drawn: new Map(), all: false });
        box.addEventListener('scroll', () => this.paint(), { passive: true });
      }

      show(list) {
        this.list = list;
        this.drawn.clear();
        this.body.replaceChildren();
        this.body.style.height = list.length * 26 + 'px';
        this.paint();
      }

      paint() {
        const top = this.box.scrollTop - this.body.offsetTop;
        const first = this.all ? 0 : Math.max(0, Math.floor(top / 26) - 8);
        const last = this.all ? this.list.length : Math.min(this.list.length, Math.ceil((top + this.box.clientHeight) / 26) + 8);
        for (const [index, row] of this.drawn) if (index < first || index >= last) { row.remove(); this.drawn.delete(index); }
        for (let index = first; index < last; index++) {
          if (this.drawn.has(index)) continue;
          const row = this.draw(this.list[index]);
          row.style.top = index * 26 + 'px';
          this.drawn.set(index, row);
          this.body.append(row);
        }
      }
    }

    const longest = Math.max(8, ...story.hosts.map(host => Math.min(host.name.length, 34)));
    const namesWidth = Math.round(longest * 7.6 + 104) + 'px';

    function nameOf(host) {
      const known = story.hosts[host];
      const time = known.duration ? seconds(known.duration * 1000) : '';
      return el('div', { class: 'name ' + known.outcome, title: known.name }, el('i', { class: known.outcome }, signs[known.outcome] || ''),
        el('span', {}, known.name), el('small', {}, time));
    }
    """#

  private static let timeline = #"""
    const endOf = cell => cell.ended === null ? story.ended : cell.ended;
    const end = cells.reduce((last, cell) => Math.max(last, endOf(cell)), Math.max(story.ended, 1));
    const hasTimes = cells.some(cell => cell.begun !== null);
    const waited = story.pauses.reduce((sum, pause) => sum + pause[1] - pause[0], 0);
    // What stood still between two sittings is drawn as a narrow gap.
    const gap = (end - waited) * 0.02, total = Math.max(1, end - waited + gap * story.pauses.length);

    function place(time) {
      let moved = time;
      for (const [from, to] of story.pauses) if (time > from) moved -= Math.min(time, to) - from - (time >= to ? gap : 0);
      return Math.max(0, Math.min(100, moved / total * 100));
    }

    const percent = number => Math.round(number * 1000) / 1000 + '%';
    const between = (from, to) => ({ left: percent(place(from)), width: percent(Math.max(0, place(to) - place(from))) });

    // Phases and, for each host, the batches that it was part of: from the first step to the last.
    const spans = story.phases.map(() => null), bandsOf = story.hosts.map(() => []);
    story.phases.forEach((phase, number) => phase.batches.forEach(batch => {
      let from = Infinity, to = -Infinity;
      for (const host of batch) for (const index of cellsOf[host]) {
        const cell = cells[index];
        if (story.steps[cell.step].phase !== number || cell.begun === null) continue;
        from = Math.min(from, cell.begun);
        to = Math.max(to, endOf(cell));
      }
      if (from > to) return;
      for (const host of batch) bandsOf[host].push({ number, from, to });
      const known = spans[number];
      spans[number] = known ? { from: Math.min(known.from, from), to: Math.max(known.to, to) } : { from, to };
    }));

    function timelineRow(host) {
      const track = el('div', { class: 'track' });
      for (const { number, from, to } of bandsOf[host]) {
        track.append(el('div', { class: 'band' + (number % 2 ? ' odd' : ''), at: between(from, to) }));
      }
      for (const [from] of story.pauses) track.append(el('div', { class: 'cut', at: { left: percent(place(from) + gap / total * 50) } }));
      for (const index of cellsOf[host]) {
        const cell = cells[index];
        if (cell.begun === null) continue;
        const kind = 'step ' + cell.outcome + (cell.step % 2 ? ' odd' : '');
        track.append(el('div', { class: kind, 'data-cell': index, at: between(cell.begun, endOf(cell)) }));
        if (['failed', 'unreachable', 'unknown'].includes(cell.outcome)) track.append(flag(cell.outcome, endOf(cell)));
      }
      const known = story.hosts[host];
      if (known.lost !== undefined && known.outcome === 'unreachable') track.append(flag(known.outcome, known.lost));
      return el('div', { class: 'row', 'data-host': host }, nameOf(host), track);
    }

    const flag = (outcome, time) => place(time) < 97
      ? el('span', { class: 'flag ' + outcome, at: { left: percent(place(time)) } }, signs[outcome])
      : el('span', { class: 'flag ' + outcome, at: { right: '-14px' } }, signs[outcome]);

    function timelineHead() {
      const steps = [.01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];
      const ticks = Math.max(2, Math.min(9, Math.floor((timelineBox.clientWidth - parseInt(namesWidth)) / 80)));
      const step = (steps.find(step => (end - waited) / step <= ticks * 1000) || (end - waited) / ticks / 1000) * 1000;
      const axis = el('div', { class: 'track axis' }), bands = el('div', { class: 'track spans' });
      for (let time = 0; time <= end; time += step) {
        const pause = story.pauses.find(([from, to]) => time > from && time < to);
        if (pause) time = Math.max(time, pause[1] - pause[1] % step);
        else if (place(time) < 92) axis.append(el('span', { at: { left: percent(place(time)) } }, seconds(time)));
      }
      spans.forEach((span, number) => {
        if (!span) return;
        const name = nameOfPhase(story.phases[number]), title = name + ': ' + seconds(span.to - span.from);
        bands.append(el('span', { class: number % 2 ? 'odd' : '', title, at: between(span.from, span.to) }, name));
      });
      return el('div', { class: 'head' }, el('div', { class: 'name' }), el('div', { class: 'track', at: { margin: '0' } }, bands, axis));
    }
    """#
}
