import { type ErrorOptions, IntendantError, stripSecrets } from "../domain/error.ts";

/** The model file does not exist or cannot be read. */
export class ModelMissingError extends IntendantError {
  readonly code = "model_missing";
  constructor(path: string, options: ErrorOptions = {}) {
    super(
      "The model file was not found: set the model path to an existing GGUF file, or unset it to use the embedded one.",
      {
        ...options,
        facts: [`path: ${path}`, ...(options.facts ?? [])],
      },
    );
  }
}

/** The file exists but is not a GGUF that this version reads. */
export class ModelInvalidError extends IntendantError {
  readonly code = "model_invalid";
  constructor(path: string, reason: string, options: ErrorOptions = {}) {
    super("The model file is not a usable GGUF: point the model path at a complete GGUF file of version 2 or 3.", {
      ...options,
      facts: [`path: ${path}`, reason, ...(options.facts ?? [])],
    });
  }
}

/** A model URI that names nothing that can be fetched. */
export class ModelUriInvalidError extends IntendantError {
  readonly code = "model_uri_invalid";
  constructor(uri: string, options: ErrorOptions = {}) {
    super(
      "The model URI cannot be read: write hf:<user>/<model>:<quant>, hf:<user>/<model>/<file>.gguf or an https address.",
      {
        ...options,
        facts: [`uri: ${stripSecrets(uri)}`],
      },
    );
  }
}

/** A model file could not be fetched: no network, no such model, or the download stood still. */
export class ModelDownloadError extends IntendantError {
  readonly code = "model_download_failed";
  constructor(uri: string, reason: string, options: ErrorOptions = {}) {
    super(
      "The model could not be downloaded: check the URI and the network, or fetch the GGUF elsewhere and set INTENDANT_MODEL to its path.",
      { ...options, facts: [`uri: ${stripSecrets(uri)}`, reason], retry: "same" },
    );
  }
}

/** llama.cpp could not load a file that looks like a GGUF. */
export class ModelLoadError extends IntendantError {
  readonly code = "model_load_failed";
  constructor(path: string, reason: string, options: ErrorOptions = {}) {
    super("The model could not be loaded: free memory, lower gpuLayers or contextSize, or choose another GGUF.", {
      ...options,
      facts: [`path: ${path}`, reason, ...(options.facts ?? [])],
    });
  }
}

/** The conversation does not fit in the model's context. Never cut silently: a lost word changes what is meant. */
export class PromptTooLongError extends IntendantError {
  readonly code = "prompt_too_long";
  constructor(promptTokens: number, contextSize: number) {
    super("The conversation is too long for the model: shorten it or raise contextSize.", {
      facts: [`prompt tokens: ${promptTokens}`, `context size: ${contextSize}`],
    });
  }
}

/** A chat template left out instructions or words of the owner: what the model answers would not be about them. */
export class PromptIncompleteError extends IntendantError {
  readonly code = "prompt_incomplete";
  constructor(type: string) {
    super(
      "The model's chat template leaves out part of the conversation: use a GGUF whose chat template has a place for it.",
      { facts: [`message that is missing in the rendered prompt: ${type}`] },
    );
  }
}

/** Structured output ended before the JSON was complete. */
export class OutputIncompleteError extends IntendantError {
  readonly code = "output_incomplete";
  constructor(text: string, completionTokens: number) {
    super("The model's answer broke off before its JSON was complete: raise maxTokens or rephrase the request.", {
      facts: [`completion tokens: ${completionTokens}`, `text: ${text.slice(0, 200)}`],
      retry: "same",
    });
  }
}

/** A JSON Schema uses a keyword that the grammar cannot express. */
export class SchemaUnsupportedError extends IntendantError {
  readonly code = "schema_unsupported";
  constructor(what: string) {
    super(
      "The output schema uses something that the grammar cannot express: write it with object, array, enum, const, oneOf, $ref or a simple pattern.",
      {
        facts: [what],
      },
    );
  }
}

/** A message that a chat template has no place for. */
export class MessageUnsupportedError extends IntendantError {
  readonly code = "message_unsupported";
  constructor(type: string) {
    super("The chat model reads system, human and ai messages with text only: turn other messages into text first.", {
      facts: [`message type: ${type}`],
    });
  }
}
