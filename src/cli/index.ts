import { addAppToken } from './app-token.ts'
import { addAudit } from './audit.ts'
import { addCab } from './cab.ts'
import { addCalendar } from './calendar.ts'
import { addChange } from './change.ts'
import { addChangeGate } from './change-gate.ts'
import { addCheck } from './check.ts'
import { addCmdb } from './cmdb.ts'
import type { AddCommand } from './command.ts'
import { addConflicts } from './conflicts.ts'
import { addDemo } from './demo.ts'
import { addDoctor } from './doctor.ts'
import { addExplain } from './explain.ts'
import { addExport } from './export.ts'
import { addForms } from './forms.ts'
import { addGate } from './gate.ts'
import { addImpact } from './impact.ts'
import { addImport } from './import.ts'
import { addInit } from './init.ts'
import { addIntake } from './intake.ts'
import { addLedger } from './ledger.ts'
import { addLifecycle } from './lifecycle.ts'
import { addList } from './list.ts'
import { addMetrics } from './metrics.ts'
import { addMove } from './move.ts'
import { addNew } from './new.ts'
import { addOperate } from './operate.ts'
import { addRecord } from './record.ts'
import { addRender } from './render.ts'
import { addReport } from './report.ts'
import { addSearch } from './search.ts'
import { addShow } from './show.ts'
import { addSimulate } from './simulate.ts'
import { addSla } from './sla.ts'
import { addSlm } from './slm.ts'
import { addSuggest } from './suggest.ts'
import { addTick } from './tick.ts'
import { addTimeline } from './timeline.ts'
import { addValidate } from './validate.ts'
import { addVerify } from './verify.ts'
import { addWindows } from './windows.ts'

/** Every command, in the order of the help and of the README's table. */
export const commands: readonly AddCommand[] = [
  addInit,
  addDemo,
  addNew,
  addMove,
  addOperate,
  addTick,
  addList,
  addShow,
  addSearch,
  addSuggest,
  addTimeline,
  addLifecycle,
  addValidate,
  addCheck,
  addGate,
  addVerify,
  addLedger,
  addRecord,
  addAudit,
  addImpact,
  addConflicts,
  addChangeGate,
  addChange,
  addCab,
  addCmdb,
  addWindows,
  addSla,
  addSlm,
  addExplain,
  addSimulate,
  addCalendar,
  addMetrics,
  addReport,
  addRender,
  addExport,
  addForms,
  addIntake,
  addImport,
  addDoctor,
  addAppToken,
]
