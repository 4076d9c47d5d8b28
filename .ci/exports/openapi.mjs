// Validates all OpenAPI documents in the working directory.
import { Validator } from "@seriousme/openapi-schema-validator";
import { readdirSync, readFileSync } from "node:fs";

for (const file of readdirSync(".")) {
  const document = file.endsWith(".json") ? JSON.parse(readFileSync(file, "utf8")) : {};
  if (!document.openapi) continue;
  const { valid, errors } = await new Validator().validate(document);
  if (!valid) throw new Error(`${file}: ${JSON.stringify(errors)}`);
}
