import { describe, expect, test } from "vitest";
import { Field, PostForm, SelectField, SubmitButton } from "./forms.tsx";

describe("fields", () => {
  test("label, hint and error belong to the input for those who hear it", () => {
    const html = String(
      <Field name="address" label="Address" type="email" hint="A hint." error="It has no @." value='"><b>' />,
    );
    expect(html).toContain('<label for="address">Address</label>');
    expect(html).toContain('id="address"');
    expect(html).toContain('aria-describedby="address-hint address-error"');
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain(
      '<p class="error" id="address-error"><strong>Not taken:</strong> It has no @.</p>',
    );
    expect(html).toContain('value="&quot;&gt;&lt;b&gt;"');
  });

  test("without hint and error nothing refers to them", () => {
    const html = String(<Field name="time" label="Time" type="time" />);
    expect(html).not.toMatch(/aria-|hint|error/);
    expect(html).toContain('type="time"');
  });

  test("a choice keeps its value", () => {
    const options = [
      { value: "UTC", label: "UTC" },
      { value: "Europe/Paris", label: "Paris" },
    ];
    const html = String(<SelectField name="zone" label="Zone" value="Europe/Paris" options={options} />);
    expect(html).toContain('<option value="Europe/Paris" selected="">Paris</option>');
    expect(html).toContain('<option value="UTC">UTC</option>');
  });

  test("forms post to our own address", () => {
    const html = String(
      <PostForm action="/subscribe">
        <SubmitButton>Ask</SubmitButton>
      </PostForm>,
    );
    expect(html).toBe(
      '<form class="form" method="post" action="/subscribe"><button type="submit">Ask</button></form>',
    );
  });
});
