import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

export const root = fileURLToPath(new URL('../../../', import.meta.url))
export const docs = path.join(root, 'docs')
export const dist = path.join(docs, 'site', '.vitepress', 'dist')

const properties = fs.readFileSync(path.join(root, 'Directory.Build.props'), 'utf8')
const property = name => new RegExp(`<${name}>(.*?)</${name}>`).exec(properties)[1]

/** Where the site is served; the analyzers' help links begin with it. */
export const site = property('AsyncPitfallsSite')
export const base = new URL(site).pathname
export const repository = property('RepositoryUrl')

/** The pages of the site, by their files in the folder that was built. */
export const pages = fs.readdirSync(dist, { recursive: true })
  .map(file => file.split(path.sep).join('/'))
  .filter(file => file.endsWith('.html') && file !== '404.html')
  .sort()

export const rules = [...fs.readFileSync(path.join(docs, 'README.md'), 'utf8').matchAll(/^\| \[(AP\d+)\]/gm)].map(match => match[1])

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' }

/** A plain file server, as any host of static files is: it adds no ending and rewrites nothing. */
const server = http.createServer((request, response) => {
  const address = decodeURI(new URL(request.url, 'http://localhost').pathname)
  const file = path.join(dist, address.slice(base.length), address.endsWith('/') ? 'index.html' : '')
  if (!address.startsWith(base) || !fs.existsSync(file) || !fs.statSync(file).isFile()) return response.writeHead(404).end('not found')
  response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' }).end(fs.readFileSync(file))
})

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
let browser

export let origin

export async function start() {
  const executablePath = process.env.CHROMIUM ?? browsers.find(fs.existsSync)
  if (!executablePath) throw new Error('No Chromium is installed; setup.sh installs it, and CHROMIUM names one that is elsewhere.')
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${server.address().port}`
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
}

export async function stop() {
  await browser?.close()
  server.close()
  server.closeAllConnections()
}

/** What went wrong on pages that were opened: messages of the console, exceptions, and requests that failed or went elsewhere. */
export const troubles = []

/** Opens a reader's window, calls the function with its page, and closes it. */
export async function reader(options, read) {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 }, ...options })
  try {
    const page = await context.newPage()
    const note = trouble => troubles.push(`${page.url()}: ${trouble}`)
    page.on('console', message => ['error', 'warning'].includes(message.type()) && note(message.text()))
    page.on('pageerror', error => note(error.message))
    page.on('requestfailed', request => request.failure().errorText === 'net::ERR_ABORTED' || note(`${request.url()} failed`))
    page.on('request', request => /^(data|blob):/.test(request.url()) || request.url().startsWith(origin + '/') || note(`asks for ${request.url()}`))
    await read(page)
  } finally {
    await context.close()
  }
}

/** Opens a page of the site, by its file or by an address below the site's. */
export async function open(page, address) {
  const response = await page.goto(origin + base + address, { waitUntil: 'load' })
  await page.waitForFunction(() => document.querySelector('#app')?.__vue_app__)
  await page.evaluate(() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  return response
}
