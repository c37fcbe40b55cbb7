package io.nightjar.score;

import io.nightjar.tile.TileAxis;

/**
 * Which cells of the tiles along one axis give each output position, and by how much: those that
 * {@link InterpolationAxis} would take of each tile that lies there, times the weight of the tile
 * divided by the sum of the weights.
 */
final class TiledAxis {
  /** For each output position the cells of all tiles, one tile after the other. */
  final int[][] cells;

  /** The weights of these cells, which sum up to 1. */
  final float[][] weights;

  /**
   * @param axis where tiles lie
   * @param cellsOfTile along the axis
   * @param output positions
   */
  TiledAxis(TileAxis axis, int cellsOfTile, int output) {
    cells = new int[output][];
    weights = new float[output][];
    for (int i = 0; i < output; i++) {
      at(axis, cellsOfTile, i, (i + 0.5) * axis.length() / output);
    }
  }

  private void at(TileAxis axis, int cellsOfTile, int output, double position) {
    double[] shares = new double[axis.count()];
    double sum = 0;
    int tiles = 0;
    for (int tile = 0; tile < shares.length; tile++) {
      shares[tile] = axis.weight(tile, position);
      sum += shares[tile];
      tiles += shares[tile] > 0 ? 1 : 0;
    }
    cells[output] = new int[2 * tiles];
    weights[output] = new float[2 * tiles];
    int next = 0;
    for (int tile = 0; tile < shares.length; tile++) {
      if (shares[tile] > 0) {
        double within = (position - axis.start(tile)) * cellsOfTile / axis.extent() - 0.5;
        double clamped = Math.min(Math.max(within, 0), cellsOfTile - 1);
        int first = (int) clamped;
        double second = clamped - first;
        int offset = tile * cellsOfTile;
        cells[output][next] = offset + first;
        weights[output][next++] = (float) (shares[tile] / sum * (1 - second));
        cells[output][next] = offset + Math.min(first + 1, cellsOfTile - 1);
        weights[output][next++] = (float) (shares[tile] / sum * second);
      }
    }
  }
}
