package io.nightjar.job.fit;

import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.FitOptions;

/**
 * How one bank is fitted to its normal images.
 *
 * @param bank which rows it gets
 * @param fit how the passes are carried out
 * @param keepPatches whether the patches are kept between the two passes
 */
public record FitPlan(BankOptions bank, FitOptions fit, boolean keepPatches) {}
