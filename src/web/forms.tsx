// Form parts: label, hint and error in one, tied together for readers who hear them.
import type { Child, PropsWithChildren } from "hono/jsx";

interface FieldFace {
  name: string;
  label: string;
  hint?: Child;
  /** What is wrong with the value and what to do; announced and marked. */
  error?: string;
}

export type FieldProps = FieldFace & {
  /** The name under which it is sent, where two forms of a page have the same; default `name`. */
  field?: string;
  type?: "text" | "email" | "time" | "date" | "number" | "search" | "password";
  value?: string;
  required?: boolean;
  autocomplete?: string;
  inputmode?: "email" | "numeric" | "search" | "text";
  maxlength?: number;
  min?: number | string;
  max?: number | string;
};

/** One line of input. */
export function Field({ name, field = name, label, hint, error, ...input }: FieldProps) {
  return (
    <FieldFrame name={name} label={label} hint={hint} error={error}>
      <input id={name} name={field} type="text" {...input} {...describe({ name, label, hint, error })} />
    </FieldFrame>
  );
}

export type TextFieldProps = FieldFace & { value?: string; maxlength?: number };

/** Several lines of input. */
export function TextField({ name, label, hint, error, value = "", maxlength }: TextFieldProps) {
  return (
    <FieldFrame name={name} label={label} hint={hint} error={error}>
      <textarea
        id={name}
        name={name}
        rows={8}
        maxlength={maxlength}
        {...describe({ name, label, hint, error })}
      >
        {value}
      </textarea>
    </FieldFrame>
  );
}

export type SelectFieldProps = FieldFace & {
  value?: string;
  options: readonly { value: string; label: string }[];
};

/** One of several values. */
export function SelectField({ name, label, hint, error, value, options }: SelectFieldProps) {
  return (
    <FieldFrame name={name} label={label} hint={hint} error={error}>
      <select id={name} name={name} {...describe({ name, label, hint, error })}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

export interface CheckboxProps {
  name: string;
  label: string;
  /** Told apart by it where several share a name; default "yes". */
  value?: string;
  checked?: boolean;
}

/** One thing to allow or not; sent by its name when it is. */
export function Checkbox({ name, label, value = "yes", checked }: CheckboxProps) {
  return (
    <label class="choice">
      <input type="checkbox" name={name} value={value} checked={checked} /> {label}
    </label>
  );
}

function FieldFrame({ name, label, hint, error, children }: PropsWithChildren<FieldFace>) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint ? (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
      {children}
      {error ? (
        <p class="error" id={`${name}-error`}>
          <strong>Not taken:</strong> {error}
        </p>
      ) : null}
    </div>
  );
}

function describe({ name, hint, error }: FieldFace) {
  const ids = [hint ? `${name}-hint` : "", error ? `${name}-error` : ""].filter(Boolean).join(" ");
  return { "aria-describedby": ids || undefined, "aria-invalid": error ? ("true" as const) : undefined };
}

/** A form that posts to our own address; fields and a button stand below each other. */
export function PostForm({ action, children }: PropsWithChildren<{ action: string }>) {
  return (
    <form class="form" method="post" action={action}>
      {children}
    </form>
  );
}

/** A form that is one button in a line of text or a table: it stands where it is, with what it sends. */
export function ButtonForm({
  action,
  fields = {},
  children,
}: PropsWithChildren<{ action: string; fields?: Record<string, string> }>) {
  return (
    <form class="button-form" method="post" action={action}>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit">{children}</button>
    </form>
  );
}

export function SubmitButton({ children }: PropsWithChildren) {
  return <button type="submit">{children}</button>;
}
