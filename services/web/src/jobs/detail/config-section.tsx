import { Group } from '@mantine/core'
import { CopyIcon } from '../../shell/copy-text.tsx'
import { configText } from '../actions/config-text.ts'
import { Section } from './section.tsx'
import classes from '../../shell/code.module.css'

export function ConfigSection({ config }: { config: Record<string, unknown> }) {
  const text = configText(config)
  return (
    <Section
      title="Configuration"
      beside={
        <Group>
          <CopyIcon text={text} what="configuration" />
        </Group>
      }
    >
      <pre className={classes.code} tabIndex={0} aria-label="Configuration">
        {text}
      </pre>
    </Section>
  )
}
