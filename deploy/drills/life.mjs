// Drives life.sh's browser: one task through its life. Arguments: the directory with the modules and accounts, the
// service's address, the browser's program. Ends with 1 at the first thing that is not as it should be.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';

const [work, address, executablePath] = process.argv.slice(2);
const require = createRequire(`${work}/`);
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const accounts = new Map(
  readFileSync(`${work}/accounts.txt`, 'utf8').trim().split('\n').map((line) => line.split(' ')),
);
const faults = [];
const seen = new Set();

function check(holds, what) {
  if (holds) return;
  faults.push(what);
  console.log(`life: NOT: ${what}`);
}

// Somebody at a browser of their own.
class Person {
  static async enter(browser, name, script) {
    const context = await browser.newContext({ javaScriptEnabled: script, locale: 'vi-VN', acceptDownloads: true });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('console', (said) => check(said.type() !== 'error' || /status of 4\d\d/.test(said.text()), said.text()));
    const person = Object.assign(new Person(), { name, script, context, page });
    const email = `${name}@btttt.example`;
    await person.go('/sign-in');
    await page.fill('[name=tenant]', 'btttt');
    await page.fill('[name=email]', email);
    await page.fill('[name=password]', accounts.get(email));
    await person.send('form[action="/sign-in"]');
    return person;
  }

  async go(path) {
    await this.page.goto(new URL(path, address).href);
    await this.look();
  }

  // Sends a form that is shown, by its first button or another.
  async send(form, button = 'button[type=submit]') {
    await Promise.all([this.page.waitForEvent('framenavigated'), this.page.locator(form).locator(button).last().click()]);
    await this.page.waitForLoadState();
    await this.look();
  }

  // Every page with JavaScript is looked at by axe; the same kind of page once for each reader.
  async look() {
    if (!this.script) return;
    const path = new URL(this.page.url()).pathname.replace(/[0-9a-f-]{36}/, 'ID');
    const key = `${this.name} ${path} ${await this.page.locator('h2').count()}`;
    if (seen.has(key)) return;
    seen.add(key);
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(() => window.axe.run());
    for (const found of violations) check(false, `axe on ${key}: ${found.id} ${found.nodes[0].html.slice(0, 160)}`);
  }

  // A step of the task's page: its fields, then its button.
  async step(task, step, fields = {}, button) {
    await this.go(task);
    const form = this.page.locator(`form[action$="/${step}"]`);
    const details = this.page.locator('details', { has: form });
    if ((await details.count()) > 0 && !(await form.isVisible())) await details.locator('summary').first().click();
    for (const [name, value] of Object.entries(fields)) {
      const field = form.locator(`input[name="${name}"], textarea[name="${name}"]`).first();
      if (value === true) await form.getByLabel(/Chuyên viên/).first().check();
      else await field.fill(value);
    }
    await this.send(`form[action$="/${step}"]`, button);
  }

  async shows(words, what) {
    const text = (await this.page.locator('main').innerText()).toLowerCase();
    check(text.includes(words.toLowerCase()), `${what}: “${words}” is not on ${this.page.url()}`);
  }
}

async function choose(page, name, wanted) {
  const values = await page.locator(`[name="${name}"] option`).evaluateAll((all) => all.map((o) => [o.value, o.text]));
  const found = values.find(([value, text]) => value === wanted || text.includes(wanted));
  await page.selectOption(`[name="${name}"]`, found[0]);
}

async function give(office, title) {
  const { page } = office;
  await office.go('/tasks/new');
  await page.fill('[name=title]', title);
  await choose(page, 'category', 'key');
  await choose(page, 'unit', 'Cục Viễn thông');
  await choose(page, 'product', 'report');
  await page.fill('[name=due]', '31/12/2024');
  await office.send('form.task-form');
  if ((await page.locator('[name=heeded]').count()) > 0) await office.send('form.task-form');
  const task = new URL(page.url()).pathname;
  check(/^\/tasks\/[0-9a-f-]{36}$/.test(task), `the task was given: ${page.url()}`);
  return task;
}

async function attach(staff, task) {
  const { page } = staff;
  const file = `${work}/minh chứng.txt`;
  writeFileSync(file, 'Báo cáo đã trình Lãnh đạo Bộ.\n');
  await staff.go(task);
  await page.setInputFiles('#file', file);
  const uses = page.locator('[name=submission] option');
  await page.selectOption('[name=submission]', await uses.last().getAttribute('value'));
  await staff.send(`form[action$="/files"]`);
  await staff.shows('minh chứng.txt', 'the file is listed');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a:has-text("minh chứng.txt")')]);
  check(download.suggestedFilename() === 'minh chứng.txt', `the name: ${download.suggestedFilename()}`);
  check(readFileSync(await download.path(), 'utf8').startsWith('Báo cáo đã trình'), 'the file is as it was sent');
  const lying = `${work}/ảnh.pdf`;
  writeFileSync(lying, '\x89PNG\r\n\x1a\n', 'latin1');
  await page.setInputFiles('#file', lying);
  await staff.send(`form[action$="/files"]`);
  check((await page.locator('[aria-invalid=true]').count()) === 1, 'a file that lies is refused at its field');
}

async function extend(head, office) {
  await head.go('/extensions/new');
  await head.page.locator('input[name=task]').first().check();
  await head.send('form:has(input[name=task])');
  await head.page.fill('[name=reason]', 'Chờ ý kiến tham gia của các bộ');
  await head.page.fill('[name=due_0]', '31/03/2025');
  await head.send('form[action="/extensions"]');
  const letter = new URL(head.page.url()).pathname;
  check(/^\/extensions\/[0-9a-f-]{36}$/.test(letter), `a later deadline is asked for: ${letter}`);
  await office.go(letter);
  await office.send(`form[action$="/decide"]`, 'button[name=all]');
  await office.shows('31/03/2025', 'the deadline is agreed to');
}

async function life(browser, script) {
  const enter = (name) => Person.enter(browser, name, script);
  const [office, head, staff, leader] =
    [await enter('vanphong'), await enter('thutruong'), await enter('chuyenvien'), await enter('lanhdao')];
  const task = await give(office, `Báo cáo thử ${script ? 'có' : 'không'} JavaScript ${Date.now()}`);
  await head.step(task, 'assign', { assignees: true });
  await staff.step(task, 'note', { note: 'Đã xin ý kiến các đơn vị' }, 'button[value="60"]');
  await staff.step(task, 'submit', { evidence: 'Tờ trình kèm theo' });
  await staff.shows('chờ xác nhận', 'it waits for the Office');
  await attach(staff, task);
  await office.step(task, 'send-back', { reason: 'Thiếu ý kiến thẩm định' });
  await leader.go(`${task}/opinions`);
  await choose(leader.page, 'kind', 'opinion').catch(() => leader.page.selectOption('[name=kind]', { index: 1 }));
  await leader.page.locator('form[action$="/opinions"] [name=words]').fill('Hoàn thành trước ngày họp giao ban');
  await leader.page.locator('form[action$="/opinions"] [name=answer_due_on]').fill('15/12/2024');
  await leader.send('form[action$="/opinions"]');
  await leader.shows('Hoàn thành trước ngày họp giao ban', 'the opinion stands there');
  await staff.step(task, 'submit', { evidence: 'Đã bổ sung ý kiến thẩm định' });
  await office.step(task, 'confirm');
  await office.shows('Hoàn thành đúng hạn', 'it is completed');
  await extend(head, office);
  for (const person of [office, head, staff, leader]) await person.context.close();
  console.log(`life: the whole way ${script ? 'with' : 'without'} JavaScript`);
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  for (const script of [true, false]) await life(browser, script);
} finally {
  await browser.close();
}
console.log(`life: ${seen.size} pages looked at by axe-core, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
