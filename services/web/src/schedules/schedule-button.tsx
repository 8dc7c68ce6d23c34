import { Button, Menu } from '@mantine/core'
import { IconCalendarTime } from '@tabler/icons-react'
import { jobTypes, targetKinds, type TargetKind } from '@plumbline/workflows'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../api/me.ts'
import { GatedButton } from '../shell/gated-button.tsx'
import { readersZone } from '../text/time.ts'
import { ScheduleDialog } from './editor/schedule-dialog.tsx'
import { choosableKinds, eachKinds, emptyForm, type ScheduleForm } from './editor/schedule-form-state.ts'
import { everyKind } from './target-text.ts'
import type { ChosenAsset } from '../assets/chosen-asset.ts'

/** Schedules jobs on an asset, or on all of a kind below it, from where the asset is looked at. */
export function ScheduleButton({ asset }: { asset: ChosenAsset }) {
  const may = useMay('admin')
  const navigate = useNavigate()
  const [form, setForm] = useState<ScheduleForm | null>(null)
  const open = (each: TargetKind | null): void => setForm(beginOn(asset, each))
  const eachBelow = targetKinds.filter((each) => beginOn(asset, each) !== null)
  const button = { size: 'xs', variant: 'default', leftSection: <IconCalendarTime size={15} aria-hidden /> } as const
  if (beginOn(asset, null) === null) return null
  return (
    <>
      {may.allowed && eachBelow.length > 0 ? (
        <Menu>
          <Menu.Target>
            <Button {...button}>Schedule</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => open(null)}>One job on {asset.name}…</Menu.Item>
            {eachBelow.map((each) => (
              <Menu.Item key={each} onClick={() => open(each)}>
                One job for {everyKind(each)} of it…
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <GatedButton {...button} decision={may} onClick={() => open(null)}>
          Schedule
        </GatedButton>
      )}
      {form !== null && (
        <ScheduleDialog
          begin={{ form }}
          onClose={() => setForm(null)}
          onSaved={({ id }) => void navigate({ to: '/schedules/$scheduleId', params: { scheduleId: id } })}
        />
      )}
    </>
  )
}

/** The editor's beginning with the first job type that can run there; null when none can. */
function beginOn(asset: ChosenAsset, each: TargetKind | null): ScheduleForm | null {
  const type = jobTypes.find(
    (one) =>
      (each === null || eachKinds(one).includes(each)) && choosableKinds({ type: one, each }).includes(asset.kind),
  )
  return type === undefined ? null : { ...emptyForm(type, readersZone()), asset, each }
}
