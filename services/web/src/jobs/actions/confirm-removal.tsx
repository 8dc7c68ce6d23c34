import { Checkbox } from '@mantine/core'

type Config = Record<string, unknown>

/** For a discovery that was held back: says in its configuration that what seems gone is gone. */
export function ConfirmRemoval({ config, onChange }: { config: Config; onChange: (config: Config) => void }) {
  const confirmed = config['maxRemovedShare'] === 1
  return (
    <Checkbox
      label="These objects are really gone: let this attempt remove them"
      description="Sets maxRemovedShare to 1 for this attempt only"
      checked={confirmed}
      onChange={(event) => onChange({ ...config, maxRemovedShare: event.currentTarget.checked ? 1 : 0.5 })}
    />
  )
}
