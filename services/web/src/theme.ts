import {
  createTheme,
  Drawer,
  Menu,
  Modal,
  TableScrollContainer,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core'

const plumb: MantineColorsTuple = [
  '#e3f8fb',
  '#cfecf1',
  '#a2d7e0',
  '#71c1cf',
  '#4aafc1',
  '#31a4b8',
  '#209eb4',
  '#0b7285',
  '#0a6678',
  '#00576a',
]

export const theme = createTheme({
  primaryColor: 'plumb',
  primaryShade: 7,
  colors: { plumb },
  defaultRadius: 'sm',
  autoContrast: true,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.35rem' }, h2: { fontSize: '1.05rem' } } },
  components: {
    Tooltip: Tooltip.extend({
      defaultProps: { multiline: true, maw: 360, openDelay: 300, events: { hover: true, focus: true, touch: true } },
    }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', withinPortal: true, position: 'bottom-end' } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, transitionProps: { duration: 120 }, closeButtonProps: { 'aria-label': 'Close' } },
    }),
    Drawer: Drawer.extend({ defaultProps: { transitionProps: { duration: 140 } } }),
    // A bar that shows only under the pointer hides that there is more.
    TableScrollContainer: TableScrollContainer.extend({ defaultProps: { scrollAreaProps: { type: 'auto' } } }),
  },
})

/** The quiet texts of Mantine have 3.3:1 and 4:1 on their backgrounds; these have at least 4.5:1, also on a chosen row. */
export const readableQuietText: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#59616a', '--mantine-color-placeholder': '#6c757d' },
  dark: { '--mantine-color-dimmed': '#a8a8a8', '--mantine-color-placeholder': '#8f8f8f' },
})
