import { CopyIcon } from '../../shell/copy-text.tsx'
import { OptionsList } from '../config/options-list.tsx'
import { Section } from './section.tsx'
import type { JobDetail } from '@plumbline/api'

export function OptionsSection({ type, config }: Pick<JobDetail, 'type' | 'config'>) {
  return (
    <Section title="Options" beside={<CopyIcon text={JSON.stringify(config, null, 2)} what="options as JSON" />}>
      <OptionsList type={type} config={config} />
    </Section>
  )
}
