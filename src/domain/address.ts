import { getAddress, isAddress } from "viem";
import { z } from "zod";

/** A 0x address; checksummed on the way in, refused when a mixed-case checksum is wrong. */
export const addressSchema = z
  .string()
  .refine((text) => isAddress(text), "a 0x address of 40 hex digits; check for a mistyped digit (wrong checksum)")
  .transform((text) => getAddress(text));
