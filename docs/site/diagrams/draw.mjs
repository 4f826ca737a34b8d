// Draws the picture of each family from its few lines of text: in English and Chinese, light and dark, into docs/diagrams.
// With --check it writes nothing and fails where a picture is not what the text says.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))
const target = path.join(here, '..', '..', 'diagrams')

const units = 12
const [labelWidth, unitWidth, laneHeight, width] = [84, 34, 40, 500]

const light = {
  text: '#1f2328', quiet: '#59636e', grid: '#d1d9e0', page: '#ffffff', x: '#b3261e', y: '#1a6e36',
  run: ['#cfe3ff', '#0a4ea8'], block: ['#ffd7d3', '#b3261e'], io: ['#eef1f4', '#59636e'], free: ['#d9f2df', '#1a6e36'], lost: ['#ffffff', '#b3261e'], done: ['#d9f2df', '#1a6e36'],
}
const dark = {
  text: '#e6edf3', quiet: '#9da7b1', grid: '#3d444d', page: '#0d1117', x: '#ff8f86', y: '#6fd68c',
  run: ['#12376e', '#9ecbff'], block: ['#5a1e1a', '#ffb3ac'], io: ['#262c33', '#b3bcc5'], free: ['#173a22', '#8fe3a6'], lost: ['#0d1117', '#ff8f86'], done: ['#173a22', '#8fe3a6'],
}
const dashed = new Set(['io', 'lost'])

/**
 * The text of a picture: its title, then panels that begin with `x` (wrong) or `y` (right), each with lanes `name : kind length words ; …`.
 * Words are the same in both languages, or `English | Chinese`.
 */
function parse(text, language) {
  const say = words => { const both = words.split('|'); return (both[language] ?? both[0]).trim() }
  const [title, ...lines] = text.trim().split('\n')
  const panels = []
  for (const line of lines) {
    const heading = /^([xy]) (.+)$/.exec(line)
    if (heading) {
      panels.push({ kind: heading[1], name: say(heading[2]), lanes: [] })
      continue
    }
    const [, name, spans] = /^(.+?) : (.+)$/.exec(line)
    let at = 0
    panels.at(-1).lanes.push({
      name: say(name),
      spans: spans.split(' ; ').map(span => {
        const [, kind, length, words] = /^(\w+) (\d+) ?(.*)$/.exec(span)
        const from = at
        at += Number(length)
        if (at > units) throw new Error(`'${line}' is longer than ${units} units.`)
        return { kind, from, length: Number(length), words: say(words) }
      }),
    })
  }
  return { title: say(title), panels }
}

const widthOf = words => [...words].reduce((sum, character) => sum + (character > '\u2e80' ? 13 : 7), 0)
const escape = words => words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')

function draw({ title, panels }, colors) {
  if (widthOf(title) > width - 16) throw new Error(`'${title}' does not fit into the picture.`)
  const shapes = [text(8, 22, title, colors.text, 'font-weight="700"')]
  let y = 36
  for (const panel of panels) {
    shapes.push(text(8, y + 14, panel.name, colors[panel.kind], 'font-weight="700"'))
    y += 24
    for (const lane of panel.lanes) {
      shapes.push(
        text(8, y + 20, lane.name, colors.text),
        `<path d="M${labelWidth} ${y + 15.5}H${width - 8}" stroke="${colors.grid}"/>`,
        ...lane.spans.flatMap(span => drawSpan(span, y, colors)))
      y += laneHeight
    }
    y += 10
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" role="img" font-family="system-ui, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif" font-size="13">
<title>${escape(title)}</title>
<rect width="${width}" height="${y}" rx="8" fill="${colors.page}"/>
${shapes.join('\n')}
</svg>
`
}

function drawSpan({ kind, from, length, words }, y, colors) {
  const [x, spanWidth] = [labelWidth + from * unitWidth, length * unitWidth]
  if (kind === 'none') return []
  if (kind === 'end') return [`<path d="M${x + 2} ${y}V${y + 31}" stroke="${colors.text}" stroke-width="4"/>`]
  if (!colors[kind]) throw new Error(`'${kind}' is no kind of span.`)
  if (widthOf(words) > spanWidth - 6) throw new Error(`'${words}' does not fit into ${length} units.`)
  const [fill, line] = colors[kind]
  return [
    `<rect x="${x + 1}" y="${y + 1}" width="${spanWidth - 2}" height="29" rx="5" fill="${fill}" stroke="${line}"${dashed.has(kind) ? ' stroke-dasharray="4 3"' : ''}/>`,
    ...words ? [text(x + spanWidth / 2, y + 20, words, line, 'text-anchor="middle"')] : [],
  ]
}

const text = (x, y, words, fill, more = '') => `<text x="${x}" y="${y}" fill="${fill}"${more && ' ' + more}>${escape(words)}</text>`

const stale = []
fs.mkdirSync(target, { recursive: true })
for (const file of fs.readdirSync(here).filter(file => file.endsWith('.txt'))) {
  const source = fs.readFileSync(path.join(here, file), 'utf8')
  for (const [language, ending] of ['', '.zh-Hans'].entries()) {
    for (const [shade, colors] of [['', light], ['.dark', dark]]) {
      const picture = draw(parse(source, language), colors)
      const name = path.basename(file, '.txt') + ending + shade + '.svg'
      const drawn = path.join(target, name)
      if (process.argv.includes('--check')) {
        if (!fs.existsSync(drawn) || fs.readFileSync(drawn, 'utf8') !== picture) stale.push(name)
      } else {
        fs.writeFileSync(drawn, picture)
      }
    }
  }
}
if (stale.length) {
  console.error(`Not what the texts say: ${stale.join(', ')}. 'npm run diagrams' draws them.`)
  process.exitCode = 1
}
