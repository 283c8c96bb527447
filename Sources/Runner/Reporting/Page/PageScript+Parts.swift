extension PageScript {
  static let grid = #"""
    function gridCell(host, step) {
      const cell = cellAt(host, step), index = places[host * width + step] - 1;
      if (!cell) {
        const isOpen = takesPart(host, step);
        const known = story.steps[step];
        const title = isOpen ? (known.depth || story.phases[known.phase].cleanup ? 'not needed' : 'not started') : null;
        return el('div', { class: 'cell' + (isOpen ? ' skipped' : ''), title }, isOpen ? signs.skipped : '');
      }
      const time = cell.begun !== null && cell.ended !== null ? seconds(cell.ended - cell.begun) : '';
      const label = story.hosts[host].name + ', ' + story.steps[step].title + ': ' + say(cell.outcome);
      return el('button', { class: 'cell ' + cell.outcome, 'data-cell': index, 'aria-label': label },
        signs[cell.outcome] + (cellWidth >= 64 && time ? ' ' + time : ''));
    }

    let cellWidth = 30;
    const gridRow = host =>
      el('div', { class: 'row', 'data-host': host }, nameOf(host), ...story.steps.map((_, step) => gridCell(host, step)));

    function gridHead() {
      const groups = el('div', { class: 'columns' }), titles = el('div', { class: 'columns' });
      story.phases.forEach((phase, number) => {
        const own = story.steps.filter(step => step.phase === number).length, title = nameOfPhase(phase);
        const at = { width: own * cellWidth + 'px' };
        if (own) groups.append(el('div', { class: 'group' + (number % 2 ? ' odd' : ''), title, at }, title));
      });
      for (const step of story.steps) {
        const title = (step.depth ? '\u21b3 ' : '') + step.title.split('\n')[0];
        const kind = 'title' + (cellWidth >= 64 ? ' wide' : '');
        titles.append(el('div', { class: kind, title: step.title }, el('b', {}, step.number + ' '), title));
      }
      return el('div', { class: 'head' }, el('div', { class: 'name' }), el('div', {}, groups, titles));
    }

    function fitGrid(box) {
      const room = box.clientWidth - parseInt(namesWidth) - 2;
      cellWidth = Math.max(28, Math.min(150, Math.floor(room / Math.max(1, width))));
      box.style.setProperty('--cell', cellWidth + 'px');
      box.firstChild && box.firstChild.classList.contains('head') ? box.firstChild.replaceWith(gridHead()) : box.prepend(gridHead());
    }
    """#

  static let output = #"""
    const lower = new Map();
    function textOf(step, group) {
      const key = step * 100000 + group;
      if (!lower.has(key)) lower.set(key, linesOf(step, group).map(line => line[1]).join('\n').toLowerCase());
      return lower.get(key);
    }

    /// Text with what is looked for marked.
    function marked(text, terms) {
      const parts = [], small = text.toLowerCase();
      let start = 0;
      while (terms.length && small.length === text.length) {
        const found = terms.map(term => [small.indexOf(term, start), term.length]).filter(place => place[0] >= 0)
          .sort((a, b) => a[0] - b[0])[0];
        if (!found || parts.length > 200) break;
        parts.push(text.slice(start, found[0]), el('mark', {}, text.slice(found[0], found[0] + found[1])));
        start = found[0] + found[1];
      }
      return [...parts, text.slice(start)];
    }

    const lineOf = (line, terms, kind, sign) => el('div', { class: [kind, ['', 'error', 'ours'][line[0]]].filter(Boolean).join(' ') },
      sign === undefined ? '' : el('span', { class: 'sign' }, sign), ...marked(line[1], terms));

    const textBlock = (step, group, terms) => el('pre', { class: 'text' }, ...linesOf(step, group).map(line => lineOf(line, terms)));

    /// What makes the difference, with two lines around it.
    function changeBlock(step, group, terms) {
      const changes = changesOf(step, group), near = new Set(), block = el('pre', { class: 'text' });
      changes.forEach((change, index) => { if (change[0] !== ' ') for (let i = index - 2; i <= index + 2; i++) near.add(i); });
      if (near.size === 0) return el('p', { class: 'none' }, 'the same output');
      for (let index = 0, skipped = 0; index <= changes.length; index++) {
        if (index < changes.length && !near.has(index)) { skipped++; continue; }
        if (skipped) block.append(el('div', { class: 'ours' }, el('span', { class: 'sign' }), count(skipped, 'line') + ' the same'));
        skipped = 0;
        if (index === changes.length) break;
        const [sign, line] = changes[index];
        block.append(lineOf(line, terms, { '+': 'added', '-': 'removed' }[sign], sign));
      }
      return block;
    }

    function groupBlock(step, number, terms) {
      const group = story.output[step][number], first = story.output[step][0];
      const notes = [group.hosts > 1 ? count(group.hosts, 'host') : '', group.outcome === 'succeeded' ? '' : say(group.outcome),
        group.changes ? 'unlike ' + first.names + ':' : ''].filter(Boolean).join(', ');
      return el('div', { class: 'said ' + (group.outcome === 'succeeded' ? 'skipped' : group.outcome) },
        // Behind a list that is cut off nobody would see them.
        el('h3', { title: group.names }, ...(group.names.length > 120 ? [notes + ' '] : []), group.names,
          group.names.length > 120 ? null : el('small', {}, notes)),
        group.changes ? changeBlock(step, number, terms) : textBlock(step, number, terms));
    }

    /// The steps with output, each opened when it is looked at; of those found by what they have printed, only that.
    function showOutput(list, terms, isIn) {
      let open = 0;
      const blocks = story.steps.map((step, number) => {
        const titled = terms.every(term => step.title.toLowerCase().includes(term));
        const groups = story.output[number].map((_, group) => group).filter(group => speakers[number][group].some(isIn)
          && (titled || terms.every(term => textOf(number, group).includes(term) || step.title.toLowerCase().includes(term)
            || speakers[number][group].some(host => story.hosts[host].name.toLowerCase().includes(term)))));
        if (!groups.length) return null;
        const isBad = groups.some(group => story.output[number][group].outcome !== 'succeeded');
        const block = el('details', { class: 'out' }, el('summary', {}, el('b', {}, step.number), ...marked(firstLine(step.title), terms),
          el('small', {}, count(groups.length, 'output', groups.length === 1 ? 'output' : 'different outputs'))));
        let shown = 0;
        const more = () => {
          for (const group of groups.slice(shown, shown + 40)) block.append(groupBlock(number, group, terms));
          shown += 40;
          if (shown < groups.length) {
            const rest = count(groups.length - shown, 'more', 'more');
            const button = el('button', { class: 'plain', on: { click: () => { button.remove(); more(); } } }, rest);
            block.append(button);
          }
        };
        block.addEventListener('toggle', () => { if (block.open && !shown) more(); });
        if ((isBad || terms.length || story.steps.length <= 4) && open++ < 6) { more(); block.open = true; }
        return block;
      }).filter(Boolean);
      const nothing = terms.length ? 'Nothing that was printed matches.' : 'The hosts printed nothing.';
      list.replaceChildren(...(blocks.length ? blocks : [el('p', { class: 'none' }, nothing)]));
    }
    """#

  static let details = #"""
    const factsOf = cell => [say(cell.outcome), cell.begun !== null && cell.ended !== null ? seconds(cell.ended - cell.begun) : '',
      cell.begun !== null ? 'from ' + seconds(cell.begun) : '', cell.attempts > 1 ? count(cell.attempts, 'attempt') : '',
      cell.status ? 'status ' + cell.status : ''].filter(Boolean).join(', ');

    const tip = el('div', { class: 'tip', hidden: true }), dialog = el('dialog', {});

    function hint(event) {
      const mark = event.target.closest && event.target.closest('[data-cell]');
      tip.hidden = !mark;
      if (!mark) return;
      const cell = cells[mark.dataset.cell];
      const title = story.hosts[cell.host].name + ': ' + firstLine(story.steps[cell.step].title);
      tip.textContent = [title, factsOf(cell), cell.problem].filter(Boolean).join('\n');
      tip.style.left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8) + 'px';
      const below = event.clientY + 18;
      tip.style.top = (below + tip.offsetHeight > innerHeight ? event.clientY - tip.offsetHeight - 8 : below) + 'px';
    }

    function inspect(event) {
      const mark = event.target.closest && event.target.closest('[data-cell]');
      if (!mark) return;
      const cell = cells[mark.dataset.cell], step = story.steps[cell.step];
      dialog.replaceChildren(el('form', { method: 'dialog' }, el('button', { class: 'plain', 'aria-label': 'Close' }, '\u2715')),
        el('h2', {}, story.hosts[cell.host].name), el('pre', {}, step.number + ' ' + step.title),
        el('p', { class: cell.outcome }, factsOf(cell)), el('p', {}, cell.problem || ''),
        cell.group === null ? el('p', {}, 'It printed nothing.') : textBlock(cell.step, cell.group, []),
        story.logs ? el('p', {}, 'The full log of the host is in ' + story.logs) : '');
      tip.hidden = true;
      dialog.showModal();
    }
    """#

  static let controls = #"""
    const state = { terms: [], outcomes: new Set(), order: 'plan' };
    const live = document.getElementById('live');
    const box = kind => el('div', { class: 'box ' + kind }, el('div', { class: 'body' }));
    const search = el('input', { type: 'search', placeholder: 'Search hosts, steps and output', 'aria-label': 'Search' });
    const found = el('span', { class: 'found', role: 'status' });
    const order = el('select', { 'aria-label': 'Order of hosts' }, ...Object.entries({
      plan: 'as planned', failed: 'failed first', slow: 'slowest first', name: 'by name',
    }).map(([value, text]) => el('option', { value }, text)));
    const theme = el('button', { class: 'plain', type: 'button', title: 'Light or dark', 'aria-label': 'Light or dark' }, '\u25d0');
    const timelineBox = box('timeline'), gridBox = box('grid'), outputList = el('div', {});
    const part = (id, title, ...children) => el('section', { id }, el('h2', {}, title), ...children);
    const key = el('p', { class: 'key' }, ...['succeeded', 'failed', 'unreachable', 'unknown', 'cancelled', 'skipped', 'running']
      .filter(outcome => outcome === 'skipped' || [...cells, ...story.hosts].some(thing => thing.outcome === outcome))
      .map(outcome => el('span', {}, el('i', { class: outcome }, signs[outcome]), say(outcome))));
    const counts = {};
    for (const host of story.hosts) if (!host.local) counts[host.outcome] = (counts[host.outcome] || 0) + 1;
    function press(event, outcome) {
      state.outcomes.delete(outcome) || state.outcomes.add(outcome);
      event.currentTarget.setAttribute('aria-pressed', state.outcomes.has(outcome));
      update();
    }
    const chips = Object.keys(signs).filter(outcome => counts[outcome]).map(outcome =>
      el('button', { class: 'chip ' + outcome, type: 'button', 'aria-pressed': 'false', on: { click: event => press(event, outcome) } },
        say(outcome) + ' ' + counts[outcome].toLocaleString('en')));

    const noTimes = el('p', { class: 'none' }, cells.length ? 'The journal of this run has no times.' : 'No step was begun.');
    document.getElementById('hosts').replaceWith(
      el('div', { class: 'tools' }, search, ...(chips.length > 1 ? chips : []), order, theme, found),
      part('timeline', 'Timeline', hasTimes ? timelineBox : noTimes),
      part('grid', 'Hosts and steps', gridBox, key), part('output', 'Output', outputList));
    document.body.append(tip, dialog);

    for (const node of [timelineBox, gridBox]) node.style.setProperty('--names', namesWidth);
    if (hasTimes) timelineBox.prepend(timelineHead());
    const lists = [new Rows(timelineBox, timelineBox.lastChild, timelineRow), new Rows(gridBox, gridBox.lastChild, gridRow)];
    fitGrid(gridBox);

    function matches(host) {
      const known = story.hosts[host];
      if (state.outcomes.size && !state.outcomes.has(known.outcome)) return false;
      const own = [known.name, say(known.outcome), known.problem || ''].join('\n').toLowerCase();
      return state.terms.every(term => own.includes(term)
        || cellsOf[host].some(index => story.steps[cells[index].step].title.toLowerCase().includes(term)
          || cells[index].group !== null && textOf(cells[index].step, cells[index].group).includes(term)));
    }

    const rank = ['failed', 'unreachable', 'unknown', 'running', 'cancelled', 'skipped', 'succeeded'];
    const orders = {
      plan: null, failed: (a, b) => rank.indexOf(story.hosts[a].outcome) - rank.indexOf(story.hosts[b].outcome) || a - b,
      slow: (a, b) => (story.hosts[b].duration || 0) - (story.hosts[a].duration || 0) || a - b,
      name: (a, b) => story.hosts[a].name.localeCompare(story.hosts[b].name, 'en', { numeric: true }) || a - b,
    };

    function update() {
      let hosts = story.hosts.map((_, host) => host);
      if (state.terms.length || state.outcomes.size) hosts = hosts.filter(matches);
      const isIn = new Set(hosts);
      if (orders[state.order]) hosts.sort(orders[state.order]);
      for (const list of lists) list.show(hosts);
      showOutput(outputList, state.terms, host => isIn.has(host));
      const shown = hosts.filter(host => !story.hosts[host].local).length, all = story.hosts.filter(host => !host.local).length;
      found.textContent = hosts.length === story.hosts.length ? '' : shown.toLocaleString('en') + ' of ' + count(all, 'host');
    }

    let waiting;
    search.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { state.terms = search.value.toLowerCase().split(/\s+/).filter(Boolean); update(); }, 120);
    });
    order.addEventListener('change', () => { state.order = order.value; update(); });
    document.addEventListener('keydown', event => {
      if (event.key !== '/' || /^(input|select|textarea)$/i.test(document.activeElement.tagName)) return;
      event.preventDefault();
      search.focus();
    });
    for (const node of [timelineBox, gridBox]) {
      node.addEventListener('pointermove', hint);
      node.addEventListener('pointerleave', () => { tip.hidden = true; });
      node.addEventListener('click', inspect);
    }

    const root = document.documentElement;
    // A browser may refuse to remember anything for a file.
    const remember = act => { try { return act(localStorage); } catch { return null; } };
    const chosen = remember(memory => memory.getItem('theme'));
    if (['light', 'dark'].includes(chosen)) root.dataset.theme = chosen;
    theme.addEventListener('click', () => {
      const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
      root.dataset.theme = isDark ? 'light' : 'dark';
      remember(memory => memory.setItem('theme', root.dataset.theme));
    });

    let size = innerWidth;
    addEventListener('resize', () => {
      if (size !== innerWidth) { size = innerWidth; fitGrid(gridBox); lists[1].show(lists[1].list); }
      for (const list of lists) list.paint();
    });
    const print = all => { for (const list of lists) { list.all = all; list.paint(); } };
    addEventListener('beforeprint', () => print(true));
    addEventListener('afterprint', () => print(false));
    update();
    """#
}
