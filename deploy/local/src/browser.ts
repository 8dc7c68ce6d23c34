import { spawn } from 'node:child_process'

/** Shows an address in the person's browser, where there is a person and a desktop; never an error. */
export function openBrowser(url: string): void {
  const hasDesktop = process.platform === 'darwin' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
  if (!process.stdout.isTTY || !hasDesktop || process.env['CI'] || process.env['BROWSER'] === 'none') return
  const child = spawn(process.platform === 'darwin' ? 'open' : 'xdg-open', [url], { stdio: 'ignore', detached: true })
  child.once('error', () => undefined)
  child.unref()
}
