/** Somebody who works with the keyboard alone, and has to see at every step where they are. */
import type { Locator, Page } from 'playwright-core';

/** More steps than any page needs from one control to another. */
const stepsMax = 120;

/**
 * Whether the focus can be seen: an outline or a shadow on what has it, or on what is drawn for it (the track of a switch, the frame
 * around a field). Headings are left out: they get the focus when a page opens, and nobody can operate them.
 */
const focusIsVisible = `(() => {
  const has = document.activeElement;
  if (has === null || has === document.body) return false;
  if (/^(H1|H2|MAIN)$/.test(has.tagName)) return true;
  const isDrawn = (element) => {
    if (!(element instanceof Element)) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  };
  const label = has.id === '' ? null : document.querySelector('label[for="' + CSS.escape(has.id) + '"]');
  return [has, has.nextElementSibling, has.parentElement, label].some(isDrawn);
})()`;

/** What has the focus, for a message. */
const focused = `(() => {
  const has = document.activeElement;
  return has === null ? 'nothing' : has.tagName.toLowerCase() + ' ' + (has.getAttribute('aria-label') ?? has.textContent ?? '').slice(0, 60);
})()`;

/** Throws where the focus is nowhere or cannot be seen. */
export async function expectVisibleFocus(page: Page): Promise<void> {
  if (!(await page.evaluate<boolean>(focusIsVisible))) {
    throw new Error(`the focus cannot be seen, on: ${await page.evaluate<string>(focused)}`);
  }
}

export async function hasFocus(page: Page, control: Locator): Promise<boolean> {
  return (await control.and(page.locator(':focus')).count()) > 0;
}

/** Goes on with Tab (or back with Shift+Tab) to a control, and looks at each step whether the focus can be seen. */
export async function tabTo(page: Page, control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await control.waitFor({ state: 'attached' });
  const passed: string[] = [];
  for (let step = 0; step < stepsMax; step += 1) {
    await page.keyboard.press(key);
    // Behind the last control the browser's own come, and then the first one again.
    if (await page.evaluate<boolean>('document.activeElement === document.body')) continue;
    await expectVisibleFocus(page);
    if (await hasFocus(page, control)) return;
    passed.push(await page.evaluate<string>(focused));
  }
  throw new Error(`not reached with ${key}: ${String(control)}; passed ${passed.slice(0, 30).join(' | ')}`);
}

/** Waits until a control has the focus, and the focus can be seen. */
export async function arriveAt(page: Page, control: Locator): Promise<void> {
  await control
    .and(page.locator(':focus'))
    .waitFor({ state: 'attached', timeout: 30_000 })
    .catch(async () => {
      throw new Error(`the focus is not at ${String(control)} but on: ${await page.evaluate<string>(focused)}`);
    });
  await expectVisibleFocus(page);
}
