import { useHotkeys } from '@mantine/hooks'

/** What `/` looks for: the search or filter field of the page that is open. */
export const pageSearch = { 'data-page-search': true } as const

/** The keys that work everywhere; fields keep their own keys, because hotkeys are silent inside of them. */
export function usePageKeys({ openHelp }: { openHelp: () => void }): void {
  useHotkeys([
    ['/', () => document.querySelector<HTMLElement>('[data-page-search]')?.focus()],
    ['shift+?', openHelp],
    ['?', openHelp],
  ])
}
