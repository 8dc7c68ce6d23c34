import { Checkbox } from '@mantine/core'
import type { Config } from '../config/config-form-state.ts'

interface ConfirmRemovalProps {
  config: Config
  /** Of the attempt that was held back. */
  before: Config
  onChange: (config: Config) => void
}

/** For a discovery that was held back: says in its options that what seems gone is gone. */
export function ConfirmRemoval({ config, before, onChange }: ConfirmRemovalProps) {
  return (
    <Checkbox
      label="These objects are really gone: let this attempt remove them"
      description="Sets the option “Largest share removed” to 100 % for this attempt only"
      checked={config['maxRemovedShare'] === 1}
      onChange={({ currentTarget }) =>
        onChange({ ...config, maxRemovedShare: currentTarget.checked ? 1 : before['maxRemovedShare'] })
      }
    />
  )
}
