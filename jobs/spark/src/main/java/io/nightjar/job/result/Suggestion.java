package io.nightjar.job.result;

import java.util.OptionalDouble;

/**
 * An image that is worth a look.
 *
 * @param uri of the image's file
 * @param path of the image in its run
 * @param run the folder of the run
 * @param sha256 of the file, in hexadecimal
 * @param score the image's score in the run
 * @param pValue where the run decided; empty otherwise
 * @param novelty of the image, against the bank alone
 * @param remaining of its novelty when it was chosen, against the bank and all images that were
 *     chosen before it
 */
public record Suggestion(
    String uri,
    String path,
    String run,
    String sha256,
    double score,
    OptionalDouble pValue,
    double novelty,
    double remaining) {}
