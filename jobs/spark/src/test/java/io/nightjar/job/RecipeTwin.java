package io.nightjar.job;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.nightjar.backbone.engine.OnnxRuntime;
import io.nightjar.backbone.graph.BackboneGraph;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Size;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.dataset.image.BilinearResize;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.job.options.BankOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The recipe of a bank, such as several image sizes and the position in one search, by plain loops
 * in float64 from the outputs of the network's stages on: what the evaluation has to give, computed
 * in another way.
 */
final class RecipeTwin implements AutoCloseable {
  private final EmbeddingSpec spec;
  private final BankOptions options;
  private final Tiles tiles;
  private final List<Branch> branches = new ArrayList<>();
  private final List<double[][]> bank = new ArrayList<>();
  private double step;

  /** One network and size, loaded. */
  private record Network(EmbeddingSpec spec, OrtSession session) {}

  /** Its components as rows, in units of the variance that they keep. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of values, never compared
  private record Branch(Network network, double[] mean, List<double[]> components) {}

  /** How images are cut into tiles. */
  interface Tiles {
    /** The tiles of an image, in their order. */
    List<RgbImage> of(RgbImage image);

    /** The row and the column of the whole image's cells at which a tile begins. */
    double[] firstCell(int tile);
  }

  /** Every image is one tile. */
  private static final Tiles WHOLE =
      new Tiles() {
        @Override
        public List<RgbImage> of(RgbImage image) {
          return List.of(image);
        }

        @Override
        public double[] firstCell(int tile) {
          return new double[2];
        }
      };

  /**
   * @param weights of each network of the specification
   */
  RecipeTwin(EmbeddingSpec spec, List<Weights> weights, BankOptions options, List<RgbImage> normal)
      throws OrtException {
    this(spec, weights, options, normal, WHOLE);
  }

  /** Of images that are cut into tiles; the specification is that of a tile. */
  RecipeTwin(
      EmbeddingSpec spec,
      List<Weights> weights,
      BankOptions options,
      List<RgbImage> normal,
      Tiles tiles)
      throws OrtException {
    this.spec = spec;
    this.options = options;
    this.tiles = tiles;
    for (int network = 0; network < spec.architectures().size(); network++) {
      for (Size size : spec.imageSizes()) {
        EmbeddingSpec single =
            new EmbeddingSpec(
                List.of(spec.architectures().get(network)),
                spec.layers(),
                List.of(size),
                spec.grid(),
                spec.precision());
        Network loaded = load(single, weights.get(network));
        List<double[]> patches = new ArrayList<>();
        for (RgbImage image : normal) {
          for (RgbImage tile : tiles.of(image)) {
            patches.addAll(Arrays.asList(patches(tile, loaded)));
          }
        }
        branches.add(fit(loaded, patches));
      }
    }
    for (RgbImage image : normal) {
      bank.add(rows(image));
    }
    step = options.position() == 0 ? 0 : options.position() * median();
    bank.replaceAll(this::placed);
  }

  private static Network load(EmbeddingSpec single, Weights weights) throws OrtException {
    OnnxRuntime.version(); // DJL's engine comes first, or it cannot be loaded any more
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      return new Network(
          single,
          OrtEnvironment.getEnvironment()
              .createSession(BackboneGraph.stages(single, weights), options));
    }
  }

  /** Gives the networks back; what was computed stays. */
  @Override
  public void close() throws OrtException {
    for (Branch branch : branches) {
      branch.network().session().close();
    }
  }

  double step() {
    return step;
  }

  int dimension() {
    return bank.get(0)[0].length;
  }

  /** The distance of each patch to the nearest of the bank. */
  double[] distances(RgbImage image) throws OrtException {
    double[][] rows = placed(rows(image));
    return Arrays.stream(rows).mapToDouble(row -> nearest(row, bank)).toArray();
  }

  /** The distance of each patch of a normal image to the nearest of the others. */
  double[] distancesWithout(int image) {
    List<double[][]> others = new ArrayList<>(bank);
    double[][] rows = others.remove(image);
    return Arrays.stream(rows).mapToDouble(row -> nearest(row, others)).toArray();
  }

  /** The patches of all tiles of an image, one tile after the other. */
  private double[][] rows(RgbImage image) throws OrtException {
    List<double[]> rows = new ArrayList<>();
    for (RgbImage tile : tiles.of(image)) {
      rows.addAll(Arrays.asList(reduced(tile)));
    }
    return rows.toArray(new double[0][]);
  }

  private double median() {
    List<Double> distances = new ArrayList<>();
    int count = Math.min(8, bank.size());
    for (int i = 0; i < count; i++) {
      int own = i * bank.size() / count;
      List<double[][]> others = new ArrayList<>(bank);
      others.remove(own);
      for (double[] row : bank.get(own)) {
        distances.add(nearest(row, others));
      }
    }
    double[] sorted = distances.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static double nearest(double[] row, List<double[][]> images) {
    double nearest = Double.POSITIVE_INFINITY;
    for (double[][] image : images) {
      for (double[] other : image) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
          sum += (row[i] - other[i]) * (row[i] - other[i]);
        }
        nearest = Math.min(nearest, sum);
      }
    }
    return Math.sqrt(nearest);
  }

  private double[][] placed(double[][] rows) {
    if (options.position() == 0) {
      return rows;
    }
    double[][] placed = new double[rows.length][];
    for (int patch = 0; patch < rows.length; patch++) {
      int length = rows[patch].length;
      placed[patch] = Arrays.copyOf(rows[patch], length + 2);
      int cell = patch % spec.patches();
      int row = cell / spec.grid().width();
      int column = cell % spec.grid().width();
      double[] first = tiles.firstCell(patch / spec.patches());
      placed[patch][length] = step * (first[0] + row);
      placed[patch][length + 1] = step * (first[1] + column);
    }
    return placed;
  }

  private double[][] reduced(RgbImage image) throws OrtException {
    double[][] reduced = new double[spec.patches()][0];
    for (Branch branch : branches) {
      double[][] patches = patches(image, branch.network());
      for (int patch = 0; patch < patches.length; patch++) {
        double[] before = reduced[patch];
        double[] all = Arrays.copyOf(before, before.length + branch.components().size());
        for (int k = 0; k < branch.components().size(); k++) {
          for (int i = 0; i < branch.mean().length; i++) {
            all[before.length + k] +=
                branch.components().get(k)[i] * (patches[patch][i] - branch.mean()[i]);
          }
        }
        reduced[patch] = all;
      }
    }
    return reduced;
  }

  private Branch fit(Network network, List<double[]> patches) {
    int channels = patches.get(0).length;
    double[] mean = new double[channels];
    patches.forEach(
        patch -> IntStream.range(0, channels).forEach(i -> mean[i] += patch[i] / patches.size()));
    double[] weights = weights(network.spec(), patches, mean);
    double[][] covariance = new double[channels][channels];
    for (double[] patch : patches) {
      for (int i = 0; i < channels; i++) {
        for (int j = 0; j < channels; j++) {
          covariance[i][j] +=
              weights[i]
                  * (patch[i] - mean[i])
                  * weights[j]
                  * (patch[j] - mean[j])
                  / (patches.size() - 1);
        }
      }
    }
    EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
    double[] values = eigen.getRealEigenvalues();
    int[] order =
        IntStream.range(0, channels)
            .boxed()
            .sorted((one, other) -> Double.compare(values[other], values[one]))
            .mapToInt(Integer::intValue)
            .toArray();
    double total = Arrays.stream(values).sum();
    double kept = 0;
    int count = 0;
    while (kept < options.variance() * total && count < options.maxComponents().orElse(channels)) {
      kept += values[order[count++]];
    }
    double scale = branchesInAll() == 1 ? 1 : 1 / Math.sqrt(kept);
    List<double[]> components = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      double[] vector = eigen.getEigenvector(order[k]).toArray();
      for (int i = 0; i < channels; i++) {
        vector[i] *= scale * weights[i];
      }
      components.add(vector);
    }
    return new Branch(network, mean, components);
  }

  /** What each channel is multiplied by: one value for all channels of a stage. */
  private double[] weights(EmbeddingSpec single, List<double[]> patches, double[] mean) {
    double[] weights = new double[mean.length];
    int first = 0;
    for (int stage = 0; stage < spec.layers().size(); stage++) {
      int end = first + single.architecture().channels(single.layers().get(stage));
      double variance = 0;
      for (double[] patch : patches) {
        for (int i = first; i < end; i++) {
          variance += (patch[i] - mean[i]) * (patch[i] - mean[i]) / (patches.size() - 1);
        }
      }
      double weight =
          switch (options.stageWeights().id()) {
            case "none" -> 1;
            case "balanced" -> 1 / Math.sqrt(variance);
            default -> options.stageWeights().values().get(stage);
          };
      Arrays.fill(weights, first, end, weight);
      first = end;
    }
    return weights;
  }

  private int branchesInAll() {
    return spec.architectures().size() * spec.imageSizes().size();
  }

  /** All stages of one network and size, cell by cell of the grid. */
  private double[][] patches(RgbImage image, Network network) throws OrtException {
    Size size = network.spec().imageSize();
    RgbImage input = BilinearResize.resize(image, size.width(), size.height());
    ByteBuffer pixels = ByteBuffer.allocateDirect(input.pixels().length).put(input.pixels());
    OrtSession session = network.session();
    double[][] patches = new double[spec.patches()][network.spec().channels()];
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(),
                pixels.flip(),
                new long[] {1, size.height(), size.width(), 3},
                OnnxJavaType.UINT8);
        OrtSession.Result outputs =
            session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
      int first = 0;
      for (int number = 0; number < outputs.size(); number++) {
        float[][][] stage = ((float[][][][]) outputs.get(number).getValue())[0];
        for (int channel = 0; channel < stage.length; channel++) {
          for (int patch = 0; patch < patches.length; patch++) {
            patches[patch][first + channel] =
                cell(
                    stage[channel], patch / spec.grid().width(), patch % spec.grid().width(), size);
          }
        }
        first += stage.length;
      }
    }
    return patches;
  }

  /**
   * The mean of the cells within one of the grid's above 224 pixels and of images that are no
   * squares, else interpolated.
   */
  private double cell(float[][] map, int row, int column, Size size) {
    int height = map.length;
    int width = map[0].length;
    int rows = spec.grid().height();
    int columns = spec.grid().width();
    boolean published = size.isSquare() && size.height() <= 224;
    boolean whole = height % rows == 0 && width % columns == 0;
    if (!published && whole && (height > 2 * rows || width > 2 * columns)) {
      int down = height / rows;
      int across = width / columns;
      double sum = 0;
      for (int y = row * down; y < (row + 1) * down; y++) {
        for (int x = column * across; x < (column + 1) * across; x++) {
          sum += map[y][x];
        }
      }
      return sum / (down * across);
    }
    double v = Math.max(0, Math.min(height - 1, (row + 0.5) * height / rows - 0.5));
    double u = Math.max(0, Math.min(width - 1, (column + 0.5) * width / columns - 0.5));
    double sum = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        sum += Math.max(0, 1 - Math.abs(v - y)) * Math.max(0, 1 - Math.abs(u - x)) * map[y][x];
      }
    }
    return sum;
  }
}
