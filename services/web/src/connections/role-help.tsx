import { Button, Collapse, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconShieldLock } from '@tabler/icons-react'
import { CopyIcon } from '../shell/copy-text.tsx'
import code from '../shell/code.module.css'

/** The SQL of a role with no more rights than are needed, for what is being typed. */
export function RoleHelp({ sql }: { sql: string }) {
  const [open, { toggle }] = useDisclosure(false)
  return (
    <div>
      <Group gap={4}>
        <Button
          variant="subtle"
          size="compact-sm"
          aria-expanded={open}
          leftSection={<IconShieldLock size={15} aria-hidden />}
          onClick={toggle}
        >
          SQL of a role with only the rights it needs
        </Button>
        <CopyIcon text={sql} what="SQL" />
      </Group>
      <Collapse expanded={open}>
        <pre className={code.code} tabIndex={0} aria-label="SQL of the role">
          {sql}
        </pre>
      </Collapse>
    </div>
  )
}
