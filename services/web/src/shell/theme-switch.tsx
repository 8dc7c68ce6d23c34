import { SegmentedControl, useMantineColorScheme, VisuallyHidden, type MantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import type { ReactNode } from 'react'

const icon = (name: string, drawing: ReactNode) => (
  <span title={`${name} theme`} style={{ display: 'flex' }}>
    {drawing}
    <VisuallyHidden>{name} theme</VisuallyHidden>
  </span>
)

const choices: { value: MantineColorScheme; label: ReactNode }[] = [
  { value: 'light', label: icon('Light', <IconSun size={16} aria-hidden />) },
  { value: 'auto', label: icon('System', <IconDeviceDesktop size={16} aria-hidden />) },
  { value: 'dark', label: icon('Dark', <IconMoon size={16} aria-hidden />) },
]

export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return <SegmentedControl size="xs" aria-label="Theme" data={choices} value={colorScheme} onChange={setColorScheme} />
}
