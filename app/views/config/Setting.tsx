import { memo, Suspense } from 'react';
import type { FieldPath } from '../../../src/schema/fields.ts';
import { familyPages } from '../../families/index.ts';
import { useApp } from '../../store/context.ts';
import { PlainSetting } from './PlainSetting.tsx';

/** One setting, tied to the store; a family may have a control of its own for it. A change elsewhere does not draw it again. */
export const Setting = memo(function Setting({ path }: { readonly path: FieldPath }) {
  const Own = familyPages[useApp((state) => state.experiment.problem.family)].controls[path];
  if (!Own) return <PlainSetting path={path} />;
  return (
    <Suspense>
      <Own />
    </Suspense>
  );
});
