import { useHotkeys } from '@mantine/hooks'

/** What `/` looks for: the search or filter field of the page that is open; of several the last, which is of what was opened last. */
export const pageSearch = { 'data-page-search': true } as const

/** The keys that work everywhere; fields keep their own keys, because hotkeys are silent inside of them. */
export function usePageKeys({ openHelp }: { openHelp: () => void }): void {
  useHotkeys([
    ['/', () => [...document.querySelectorAll<HTMLElement>('[data-page-search]')].at(-1)?.focus()],
    ['shift+?', openHelp],
    ['?', openHelp],
  ])
}
