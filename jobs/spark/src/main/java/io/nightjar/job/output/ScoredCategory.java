package io.nightjar.job.output;

import io.nightjar.job.measure.ScoredImage;
import io.nightjar.report.CategoryScores;
import java.util.List;
import java.util.Map;

/**
 * A category's scores, the images for visualizations of them, and the hashes of every file read.
 *
 * @param images in catalogue order
 */
public record ScoredCategory(
    CategoryScores scores, List<ScoredImage> images, Map<String, String> hashes) {}
