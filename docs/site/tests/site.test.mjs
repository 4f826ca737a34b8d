import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { base, dist, docs, open, pages, reader, repository, rules, site, start, stop, troubles } from './framework.mjs'

before(start)
after(stop)

const markdown = ['.', 'rules', 'guide'].flatMap(folder => fs.readdirSync(path.join(docs, folder)).filter(file => file.endsWith('.md')).map(file => path.posix.join(folder, file)))

test('Each Markdown file is a page, the Chinese ones in their own folder', () => {
  const expected = markdown.map(file => file.endsWith('.zh-Hans.md') ? `zh-Hans/${file.slice(0, -11)}.html` : file.slice(0, -3) + '.html')
  assert.deepEqual(pages, expected.map(file => file.replace('README.html', 'index.html')).sort())
})

test('The help link of each rule ends where its page is', () => reader({}, async page => {
  assert.ok(rules.length >= 28)
  for (const id of rules) {
    assert.equal((await open(page, `rules/${id}.html`)).status(), 200, id)
    assert.match(await page.textContent('h1'), new RegExp(`^${id}:`))
  }
}))

test('Every link and anchor leads to something', () => {
  const read = new Map(pages.map(page => [page, fs.readFileSync(path.join(dist, page), 'utf8')]))
  const wrong = []
  for (const [page, html] of read) {
    for (const [, tag, address] of html.matchAll(/<(\w+)[^>]*? (?:href|src)="([^"]*)"/g)) {
      const target = new URL(address.replaceAll('&amp;', '&'), `${site}${page}`)
      if (target.protocol === 'data:') continue
      if (!target.href.startsWith(site)) {
        const file = target.href.startsWith(`${repository}/blob/main/`) && target.pathname.split('/blob/main/')[1]
        if (tag !== 'a' || target.protocol !== 'https:' || file && !fs.existsSync(path.join(docs, '..', file))) wrong.push(`${page}: ${address}`)
        continue
      }
      const file = decodeURI(target.href.slice(site.length)).split('#')[0].replace(/(^|\/)$/, '$1index.html')
      const anchor = decodeURIComponent(target.hash.slice(1))
      if (!fs.existsSync(path.join(dist, file)) || anchor && !read.get(file)?.includes(`id="${anchor}"`)) wrong.push(`${page}: ${address}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('Headings have the same anchors in both languages', () => {
  for (const page of pages.filter(page => !page.startsWith('zh-Hans/'))) {
    const [english, chinese] = [page, `zh-Hans/${page}`].map(file => [...fs.readFileSync(path.join(dist, file), 'utf8').matchAll(/<h[1-6] id="([^"]*)"/g)].map(match => match[1]))
    assert.ok(english.length > 0, page)
    assert.deepEqual(chinese, english, page)
  }
})

for (const [language, folder, words, id] of [['English', '', 'deadlock', 'AP0002'], ['Chinese', 'zh-Hans/', '死锁', 'AP0002']]) {
  test(`The search finds '${words}' in ${language}, with no other server`, () => reader({}, async page => {
    await open(page, folder)
    await page.click('#local-search button')
    await page.fill('.VPLocalSearchBox input', words)
    const result = page.locator('.VPLocalSearchBox .result').filter({ hasText: id }).first()
    await result.waitFor()
    for (const link of await page.locator('.VPLocalSearchBox a.result').all()) {
      const address = await link.getAttribute('href')
      assert.equal(address.startsWith(`${base}zh-Hans/`), folder !== '', address)
      assert.match(fs.readFileSync(path.join(dist, address.slice(base.length).split('#')[0]), 'utf8'), new RegExp(words, 'i'), address)
    }
    await result.click()
    await page.waitForURL(new RegExp(`${base}${folder}rules/${id}\\.html`))
    await page.locator('h1', { hasText: new RegExp(`^${id}`) }).waitFor()
  }))
}

test('The search finds a part of a Chinese word, and nothing for words that are nowhere', () => reader({}, async page => {
  await open(page, 'zh-Hans/')
  await page.click('#local-search button')
  await page.fill('.VPLocalSearchBox input', '锁')
  await page.locator('.VPLocalSearchBox .result').first().waitFor()
  await page.fill('.VPLocalSearchBox input', '鹦鹉')
  await page.locator('.VPLocalSearchBox .no-results').waitFor()
}))

test('The language switch stays on the page and in its section', () => reader({}, async page => {
  await open(page, 'rules/AP0002.html#why')
  await page.hover('.VPNavBarTranslations')
  await page.click('.VPNavBarTranslations a:has-text("简体中文")')
  await page.waitForURL(`**${base}zh-Hans/rules/AP0002.html#why`)
  await page.locator('h1', { hasText: /^AP0002：/ }).waitFor()
  assert.equal(await page.getAttribute('html', 'lang'), 'zh-Hans')
  await page.hover('.VPNavBarTranslations')
  await page.click('.VPNavBarTranslations a:has-text("English")')
  await page.waitForURL(`**${base}rules/AP0002.html#why`)
}))

test('A reader who prefers Chinese is offered the twin, and sent nowhere', () => reader({ locale: 'zh-CN' }, async page => {
  await open(page, 'rules/AP0005.html')
  await page.locator('.twin-offer').waitFor()
  assert.match(page.url(), new RegExp(`${base}rules/AP0005\\.html$`))
  await page.click('.twin-offer a')
  await page.waitForURL(`**${base}zh-Hans/rules/AP0005.html`)
  await page.locator('h1', { hasText: /^AP0005：/ }).waitFor()
  assert.equal(await page.locator('.twin-offer').count(), 0)
  await open(page, 'rules/AP0006.html')
  await page.click('.twin-offer button')
  await open(page, 'rules/AP0005.html')
  assert.equal(await page.locator('.twin-offer').count(), 0)
}))

test('A reader who prefers English, or neither language, is offered nothing on an English page', async () => {
  for (const locale of ['en-GB', 'fr-FR']) {
    await reader({ locale }, async page => {
      await open(page, 'rules/AP0002.html')
      assert.equal(await page.locator('.twin-offer').count(), 0, locale)
    })
  }
})

for (const folder of ['', 'zh-Hans/']) {
  test(`The rule table of /${folder} is filtered by family, severity and fix`, () => reader({ locale: folder ? 'zh-CN' : 'en-US' }, async page => {
    await open(page, folder)
    const cells = column => page.locator(`.rule-table tbody td:nth-child(${column})`).allTextContents()
    assert.deepEqual((await cells(1)).map(text => text.trim()), rules)
    for (const [filter, column] of [['family', 3], ['severity', 4], ['fix', 5]]) {
      const all = await cells(column)
      for (const choice of (await page.locator(`select[name=${filter}] option`).allTextContents()).slice(1)) {
        await page.selectOption(`select[name=${filter}]`, choice)
        const shown = await cells(column)
        assert.ok(shown.length > 0 && shown.length < all.length, choice)
        assert.deepEqual(shown, all.filter(text => text.startsWith(choice)))
      }
      await page.selectOption(`select[name=${filter}]`, '')
    }
    await page.selectOption('select[name=family]', 'AsyncTasks')
    await page.selectOption('select[name=severity]', { index: 2 })
    assert.deepEqual(await cells(1), ['AP0008'])
    assert.match(await page.textContent('.rule-filter output'), new RegExp(`\\b1\\b.*${rules.length}|${rules.length}.*\\b1\\b`))
    await page.click('.rule-table a')
    await page.waitForURL(`**/${folder}rules/AP0008.html`)
  }))
}

test('The pitfall and the mended code are side by side, with their lines marked, and below one another on a phone', () => reader({}, async page => {
  for (const id of rules.filter(id => !id.startsWith('AP9'))) {
    await page.setViewportSize({ width: 1280, height: 800 })
    await open(page, `rules/${id}.html`)
    const [pitfall, mended] = ['.pitfall', '.mended'].map(name => page.locator(`.side-by-side ${name} .language-csharp`).first())
    const [left, right] = [await pitfall.boundingBox(), await mended.boundingBox()]
    assert.ok(Math.abs(left.y - right.y) < 2 && left.x + left.width < right.x, id)
    for (const code of [pitfall, mended]) assert.ok(await code.locator('.line.highlighted').count() > 0, id)
    await page.setViewportSize({ width: 390, height: 844 })
    const [above, below] = [await pitfall.boundingBox(), await mended.boundingBox()]
    assert.ok(above.y + above.height < below.y, id)
  }
}))

test('Dark mode is switched, kept, and shows the dark picture', () => reader({ colorScheme: 'light' }, async page => {
  await open(page, 'rules/AP0002.html')
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const shown = () => page.locator('.picture img:visible').evaluateAll(images => images.map(image => [image.className, image.naturalWidth > 0]))
  const light = await background()
  assert.deepEqual(await shown(), [['light', true]])
  await page.click('.VPNavBarAppearance button')
  assert.notEqual(await background(), light)
  assert.deepEqual(await shown(), [['dark', true]])
  await open(page, 'zh-Hans/')
  assert.ok(await page.evaluate(() => document.documentElement.classList.contains('dark')))
}))

test('No page scrolls sideways on a phone, or has a serious fault for readers with assistive technology', async () => {
  const axe = fs.readFileSync(path.join(docs, 'site', 'node_modules', 'axe-core', 'axe.min.js'), 'utf8')
  await Promise.all([['light', ''], ['dark', 'zh-Hans/']].map(([colorScheme, folder]) => reader({ colorScheme, locale: folder ? 'zh-CN' : 'en-US' }, async page => {
    for (const file of pages.filter(file => file.startsWith('zh-Hans/') === (folder !== ''))) {
      await page.setViewportSize({ width: 1280, height: 800 })
      await open(page, file)
      await page.evaluate(axe)
      const faults = await page.evaluate(async () => (await window.axe.run({ resultTypes: ['violations'] })).violations)
      const serious = faults.filter(fault => ['serious', 'critical'].includes(fault.impact))
      assert.deepEqual(serious.map(fault => [fault.id, fault.nodes[0].html, fault.nodes[0].failureSummary]), [], file)
      await page.setViewportSize({ width: 360, height: 740 })
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, file)
    }
  })))
})

test('Nothing of this wrote an error to the console, or asked another server for anything', () => assert.deepEqual(troubles, []))
