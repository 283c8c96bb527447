/// How the page looks, on light and dark screens and on paper.
enum PageStyle {
  static let text = "\n" + [colors, parts, rows, output, paper].joined(separator: "\n") + "\n"

  private static let dark = #"""
      --back: #14171b; --face: #1b1f24; --text: #e4e8ec; --soft: #98a3ae; --line: #323941; --faint: #252a31; --accent: #77aaf5;
      --succeeded: #3fb37f; --failed: #ec6a66; --unreachable: #e08a45; --unknown: #a684ea; --cancelled: #7f8b97; --skipped: #414a53;
      --running: #6ea3f3; --band: #272d35; --band2: #2c2a23; --added: #173524; --removed: #41201f; --mark: #6b5713; color-scheme: dark
    """#

  private static let colors = #"""
    :root {
      --back: #f6f7f8; --face: #fff; --text: #1c2127; --soft: #5d6873; --line: #dfe3e7; --faint: #eef0f2; --accent: #2563c9;
      --succeeded: #2c9a67; --failed: #d13c3c; --unreachable: #b9570f; --unknown: #7a4fc7; --cancelled: #77838f; --skipped: #c9d0d6;
      --running: #3578e5; --band: #e9edf2; --band2: #f3f0e6; --added: #e1f5e8; --removed: #fce8e6; --mark: #ffe58a; color-scheme: light
    }
    @media (prefers-color-scheme: dark) {
      :root:not([data-theme=light]) {
    \#(dark)
      }
    }
    :root[data-theme=dark] {
    \#(dark)
    }
    body { --tone: var(--cancelled) }
    body.good { --tone: var(--succeeded) }
    body.bad { --tone: var(--failed) }
    body.mixed { --tone: var(--unreachable) }
    .succeeded { --own: var(--succeeded) }
    .failed { --own: var(--failed) }
    .unreachable { --own: var(--unreachable) }
    .unknown { --own: var(--unknown) }
    .cancelled { --own: var(--cancelled) }
    .skipped { --own: var(--skipped) }
    .running { --own: var(--running) }
    """#

  private static let parts = #"""
    * { box-sizing: border-box }
    [hidden] { display: none !important }
    body {
      margin: 0; background: var(--back); color: var(--text);
      font: 15px/1.5 system-ui, "Segoe UI", "Helvetica Neue", "DejaVu Sans", sans-serif
    }
    header, main { max-width: 96rem; margin: 0 auto; padding: 0 1.5rem }
    header { padding-top: 1.5rem; position: relative }
    h1 { margin: .35rem 0 .6rem; font-size: 1.7rem; line-height: 1.2; overflow-wrap: anywhere }
    h2 { margin: 0 0 .75rem; font-size: 1.05rem }
    h3 { margin: 0; font-size: .95rem; overflow-wrap: anywhere }
    code, pre { font: .87em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace }
    pre { margin: 0; overflow-x: auto; white-space: pre; tab-size: 4 }
    a { color: var(--accent) }
    .outcome {
      display: inline-block; margin: 0; padding: .1rem .7rem; border-radius: 1rem; background: var(--tone); color: #fff;
      font-weight: 600; font-size: .88rem
    }
    :root[data-theme=dark] .outcome { color: #101316 }
    @media (prefers-color-scheme: dark) {
      :root:not([data-theme=light]) .outcome { color: #101316 }
    }
    dl { display: flex; flex-wrap: wrap; gap: .3rem 2rem; margin: 0 0 1rem }
    dl div { min-width: 0 }
    dt { color: var(--soft); font-size: .8rem }
    dd { margin: 0; overflow-wrap: anywhere }
    .bar { display: block; width: 100%; height: .7rem; border-radius: .35rem; background: var(--skipped) }
    .bar rect { fill: var(--own) }
    .counts {
      display: flex; flex-wrap: wrap; gap: .3rem 1.3rem; margin: .5rem 0 0; padding: 0; list-style: none; color: var(--soft);
      font-size: .9rem
    }
    .counts li::before {
      content: ""; display: inline-block; width: .65rem; height: .65rem; margin-right: .45rem; border-radius: .2rem;
      background: var(--own)
    }
    .counts b { color: var(--text) }
    section { scroll-margin-top: 4rem }
    section {
      margin: 1.25rem 0; padding: 1.1rem 1.25rem; background: var(--face); border: 1px solid var(--line); border-radius: .6rem;
      min-width: 0
    }
    article { padding: .1rem 0 .1rem .9rem; border-left: 3px solid var(--own) }
    article + article { margin-top: 1rem }
    article p { margin: .1rem 0 .4rem; overflow-wrap: anywhere }
    article pre { padding: .6rem .8rem; background: var(--faint); border-radius: .35rem }
    table { border-collapse: collapse }
    th, td { padding: .15rem 1.5rem .15rem 0; text-align: left; vertical-align: top; overflow-wrap: anywhere }
    th { font-weight: 500 }
    #hosts td:nth-child(2) { color: var(--own) }
    td { color: var(--soft) }
    td code { color: var(--text) }
    details summary { cursor: pointer }
    #plan pre { margin-top: .75rem }
    ul { margin: 0; padding-left: 1.2rem }
    footer { padding: .25rem 0 2rem; color: var(--soft); font-size: .88rem; overflow-wrap: anywhere }
    footer p { margin: .2rem 0 }
    .tools {
      position: sticky; top: 0; z-index: 5; display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: center;
      margin: 1.25rem -1.5rem 0; padding: .6rem 1.5rem; background: var(--back); border-bottom: 1px solid var(--line)
    }
    input, select, button { font: inherit; color: inherit }
    .tools input { flex: 1 1 16rem; max-width: 34rem; padding: .35rem .7rem }
    .tools input, select, .chip, .plain { border: 1px solid var(--line); border-radius: .4rem; background: var(--face) }
    select, .plain { padding: .3rem .6rem }
    .chip { padding: .25rem .7rem; cursor: pointer; font-size: .88rem; border-radius: 1rem }
    .plain { cursor: pointer }
    .chip::before {
      content: ""; display: inline-block; width: .6rem; height: .6rem; margin-right: .4rem; border-radius: 50%; background: var(--own)
    }
    .chip[aria-pressed=true] { border-color: var(--own); box-shadow: inset 0 0 0 1px var(--own) }
    .found { color: var(--soft); font-size: .88rem }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px }
    mark { background: var(--mark); color: inherit }
    """#

  private static let rows = #"""
    .box {
      position: relative; max-height: 72vh; overflow: auto; border: 1px solid var(--line); border-radius: .4rem;
      overscroll-behavior: auto
    }
    .head { position: sticky; top: 0; z-index: 3; background: var(--face); border-bottom: 1px solid var(--line); display: flex }
    .body { position: relative }
    .row { position: absolute; left: 0; right: 0; height: 26px; display: flex }
    .row:hover { background: var(--faint) }
    .name {
      flex: none; width: var(--names); position: sticky; left: 0; z-index: 2; display: flex; gap: .4rem; padding: 0 .6rem;
      line-height: 26px; background: var(--face); border-right: 1px solid var(--line); font-size: .86rem; white-space: nowrap
    }
    .row:hover .name { background: var(--faint) }
    .name span { overflow: hidden; text-overflow: ellipsis; flex: 1 }
    .name i { color: var(--own); font-style: normal; font-weight: 700; width: 1em; text-align: center; flex: none }
    .name small { color: var(--soft) }
    .name i.skipped, .cell.skipped { color: var(--soft) }
    .track { position: relative; flex: 1; min-width: 0; margin: 0 1rem 0 .6rem }
    .axis { height: 1.4rem; color: var(--soft); font-size: .76rem }
    .axis span { position: absolute; top: 0; padding-left: .25rem; white-space: nowrap; border-left: 1px solid var(--line); height: 100% }
    .spans { position: relative; height: 1.5rem; font-size: .78rem }
    .spans span {
      position: absolute; top: 2px; bottom: 2px; padding: 0 .35rem; overflow: hidden; white-space: nowrap; text-overflow: ellipsis;
      background: var(--band); border-radius: .2rem; line-height: 1.25rem
    }
    .spans .odd { background: var(--band2) }
    .band { position: absolute; top: 0; bottom: 0; background: var(--band) }
    .band.odd { background: var(--band2) }
    .step {
      position: absolute; top: 6px; bottom: 6px; min-width: 2px; background: var(--own); border-radius: 2px; cursor: pointer;
      box-shadow: inset -1px 0 var(--face)
    }
    .step.odd { filter: brightness(.86) saturate(.9) }
    .step:hover { top: 3px; bottom: 3px }
    .step.failed, .step.unreachable, .step.unknown { top: 4px; bottom: 4px }
    .step.running, .step.unknown { background: repeating-linear-gradient(135deg, var(--own) 0 5px, transparent 5px 8px) }
    .flag {
      position: absolute; top: 0; height: 26px; line-height: 26px; padding-left: 4px; color: var(--own); font-weight: 700;
      font-size: .8rem; pointer-events: none
    }
    .cut { position: absolute; top: 0; bottom: 0; border-left: 2px dotted var(--soft) }
    .grid .row { right: auto; min-width: 100% }
    .grid .head { width: max-content; min-width: 100% }
    .columns { display: flex }
    .cell {
      flex: none; width: var(--cell); height: 24px; margin: 1px 0; padding: 0; border: 1px solid var(--face); border-radius: 4px;
      background: none; text-align: center; font-size: .76rem; line-height: 22px; color: var(--soft); white-space: nowrap;
      overflow: hidden
    }
    button.cell { background: var(--own); color: #fff; cursor: pointer }
    button.cell.succeeded {
      background: color-mix(in srgb, var(--own) 22%, var(--face)); color: color-mix(in srgb, var(--own) 65%, var(--text))
    }
    button.cell:hover { filter: brightness(1.1) }
    .title {
      flex: none; width: var(--cell); height: 8.6rem; padding: .4rem 0; font-size: .78rem; writing-mode: vertical-rl;
      transform: rotate(180deg); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; line-height: var(--cell)
    }
    .title.wide {
      writing-mode: horizontal-tb; transform: none; height: auto; line-height: 1.35; padding: .3rem .3rem; white-space: normal;
      overflow-wrap: anywhere; display: -webkit-box; -webkit-line-clamp: 4; -webkit-box-orient: vertical; text-align: center
    }
    .group {
      flex: none; font-size: .78rem; padding: 0 .35rem; overflow: hidden; white-space: nowrap; text-overflow: ellipsis;
      background: var(--band); line-height: 1.5rem; border: 1px solid var(--face); border-radius: .25rem
    }
    .group.odd { background: var(--band2) }
    .title b, .group b { font-weight: 600; color: var(--soft) }
    .tip {
      position: fixed; z-index: 9; max-width: 28rem; padding: .45rem .7rem; background: var(--text); color: var(--back);
      border-radius: .35rem; font-size: .82rem; pointer-events: none; overflow-wrap: anywhere; white-space: pre-line
    }
    .key { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: .6rem 0 0; color: var(--soft); font-size: .82rem }
    .key i { color: var(--own); font-style: normal; font-weight: 700; margin-right: .3rem }
    .key i.skipped { color: var(--soft) }
    """#

  private static let output = #"""
    .out { border-top: 1px solid var(--line) }
    .out > summary { padding: .45rem 0; overflow-wrap: anywhere }
    .out > summary small { color: var(--soft); margin-left: .5rem }
    .out > summary b { color: var(--soft); font-weight: 600; margin-right: .3rem }
    .said { margin: 0 0 .9rem; border-left: 3px solid var(--own); padding-left: .8rem }
    .said.skipped { border-color: var(--line) }
    .said h3 {
      font-weight: 600; font-size: .88rem; display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden
    }
    .said h3 small { color: var(--soft); font-weight: 400; margin-left: .5rem }
    .text { max-height: 26rem; overflow: auto; margin-top: .3rem; padding: .5rem .7rem; background: var(--faint); border-radius: .35rem }
    .text div { min-height: 1.5em }
    .text .error { color: color-mix(in srgb, var(--failed) 70%, var(--text)) }
    .text .ours { color: var(--soft); font-style: italic }
    .text .added { background: var(--added) }
    .text .removed { background: var(--removed) }
    .text .sign { display: inline-block; width: 1.4em; color: var(--soft); user-select: none }
    .none { color: var(--soft); margin: .5rem 0 }
    dialog {
      width: min(60rem, 94vw); max-height: 86vh; padding: 1.2rem 1.4rem; border: 1px solid var(--line); border-radius: .6rem;
      background: var(--face); color: var(--text)
    }
    dialog::backdrop { background: rgb(0 0 0 / .45) }
    dialog h2 { margin-bottom: .2rem; overflow-wrap: anywhere }
    dialog p { margin: .2rem 0; color: var(--soft); overflow-wrap: anywhere }
    dialog form { float: right }
    """#

  private static let paper = #"""
    @media (max-width: 40rem) {
      header, main { padding-left: .75rem; padding-right: .75rem }
      section { padding: .8rem }
    }
    @media print {
      :root { color-scheme: light }
      body { background: #fff; font-size: 10pt }
      .tools, .tip, dialog { display: none }
      section { border: none; padding: 0; break-inside: auto }
      .box, .text { max-height: none; overflow: visible }
      .head { position: static }
      .row, article, .said { break-inside: avoid }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
    }
    """#
}
