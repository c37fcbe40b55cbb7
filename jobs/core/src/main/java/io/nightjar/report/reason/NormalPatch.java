package io.nightjar.report.reason;

import io.nightjar.score.PatchBox;
import java.util.Optional;

/**
 * The patch of the bank that is nearest to a patch.
 *
 * @param path what names its image within the bank
 * @param row on the grid, from 0
 * @param column on the grid, from 0
 * @param box its pixels in its image; empty where the image's file was not found as it was
 * @param shown a cut-out; empty where none was drawn
 * @param remark why there is no box, a sentence; empty where there is one
 */
public record NormalPatch(
    String path,
    int row,
    int column,
    Optional<PatchBox> box,
    Optional<ShownPatch> shown,
    String remark) {}
