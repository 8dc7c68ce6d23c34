// Runs before anything else of the page. A file of its own, because an inline script would need a hole in the content
// security policy.

// zod must not try whether it may compile code: the policy forbids it, and the browser would report each try.
globalThis.__zod_globalConfig = { jitless: true }

// Before the page is painted, so that a dark page never flashes white. The key is the one Mantine keeps the choice under.
let choice = 'auto'
try {
  choice = localStorage.getItem('mantine-color-scheme-value') ?? 'auto'
} catch {
  // Storage is switched off: follow the system.
}
const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light'
