package io.nightjar.job.suggest;

import io.nightjar.dataset.ImageRef;
import io.nightjar.score.AnomalyMap;
import java.util.OptionalDouble;

/**
 * An image of a scoring run that may be suggested.
 *
 * @param run the folder of the run
 * @param ref the image, whose relative path is that in the run
 * @param sha256 of its file when it was scored, in hexadecimal
 * @param score its score in the run
 * @param pValue where the run decided; empty otherwise
 * @param map distances of its patches from the bank
 * @param novelty as of {@link io.nightjar.score.NoveltyScore}
 */
record Candidate(
    String run,
    ImageRef ref,
    String sha256,
    float score,
    OptionalDouble pValue,
    AnomalyMap map,
    double novelty) {}
