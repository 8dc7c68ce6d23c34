import { Button, Menu } from '@mantine/core'
import { IconCalendarPlus, IconCalendarTime, IconChevronDown } from '@tabler/icons-react'
import { jobTypes, targetKinds, type JobType, type TargetKind } from '@plumbline/workflows'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../api/me.ts'
import { GatedButton } from '../shell/gated-button.tsx'
import { readersZone } from '../text/time.ts'
import { ScheduleDialog } from './editor/schedule-dialog.tsx'
import { choosableKinds, eachKinds, emptyForm, type ScheduleForm } from './editor/schedule-form-state.ts'
import { everyKind } from './target-text.ts'
import type { ChosenAsset } from '../assets/chosen-asset.ts'

/** One job on the asset itself, or one for every asset of a kind below it, and what its editor begins with. */
interface Choice {
  each: TargetKind | null
  begin: ScheduleForm
}

/** Schedules jobs on an asset, or on all of a kind below it, from where the asset is looked at: every table of it at one click. */
export function ScheduleButton({ asset }: { asset: ChosenAsset }) {
  const may = useMay('admin')
  const navigate = useNavigate()
  const [form, setForm] = useState<ScheduleForm | null>(null)
  const choices = [null, ...targetKinds].flatMap((each): Choice[] => {
    const begin = beginOn(asset, each)
    return begin === null ? [] : [{ each, begin }]
  })
  const everyTable = choices.find(({ each }) => each === 'table')
  if (choices.length === 0) return null
  return (
    <>
      <Button.Group>
        {everyTable !== undefined && (
          <GatedButton
            size="xs"
            variant="default"
            leftSection={<IconCalendarPlus size={15} aria-hidden />}
            decision={may}
            onClick={() => setForm(everyTable.begin)}
          >
            Schedule every table
          </GatedButton>
        )}
        <ScheduleMenu asset={asset} choices={choices} alone={everyTable === undefined} onChoose={setForm} />
      </Button.Group>
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

interface ScheduleMenuProps {
  asset: ChosenAsset
  choices: readonly Choice[]
  /** No button is beside it that says what it is for. */
  alone: boolean
  onChoose: (begin: ScheduleForm) => void
}

function ScheduleMenu({ asset, choices, alone, onChoose }: ScheduleMenuProps) {
  const may = useMay('admin')
  return (
    <Menu>
      <Menu.Target>
        {alone ? (
          <Button size="xs" variant="default" leftSection={<IconCalendarTime size={15} aria-hidden />}>
            Schedule
          </Button>
        ) : (
          <Button size="xs" px={5} variant="default" aria-label="More ways to schedule">
            <IconChevronDown size={14} aria-hidden />
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {!may.allowed && <Menu.Label>{may.reason}</Menu.Label>}
        {choices.map(({ each, begin }) => (
          <Menu.Item
            key={each}
            leftSection={<IconCalendarPlus size={16} aria-hidden />}
            disabled={!may.allowed}
            onClick={() => onChoose(begin)}
          >
            {each === null ? `One job on ${asset.name}…` : `One job for ${everyKind(each)} of it…`}
          </Menu.Item>
        ))}
        <Menu.Divider role="separator" />
        <Menu.Item
          leftSection={<IconCalendarTime size={16} aria-hidden />}
          renderRoot={(props) => <Link {...props} to="/schedules" search={{ assetId: asset.id }} />}
        >
          See what is scheduled here
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** What is run by the clock most often, first; the others mostly follow a discovery. */
const byUse: readonly JobType[] = ['schema_discovery', 'freshness_check', 'metric_capture', ...jobTypes]

/** The editor's beginning with the first job type that can run there; null when none can. */
function beginOn(asset: ChosenAsset, each: TargetKind | null): ScheduleForm | null {
  const type = byUse.find(
    (one) =>
      (each === null || eachKinds(one).includes(each)) && choosableKinds({ type: one, each }).includes(asset.kind),
  )
  return type === undefined ? null : { ...emptyForm(type, readersZone()), asset, each }
}
