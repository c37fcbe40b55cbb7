package io.nightjar.benchmark;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.benchmark.harness.BenchmarkContext;
import io.nightjar.benchmark.harness.BenchmarkOptions;
import io.nightjar.benchmark.harness.BenchmarkStep;
import io.nightjar.benchmark.harness.Machine;
import io.nightjar.benchmark.harness.PeakMemory;
import io.nightjar.benchmark.harness.ResultFile;
import io.nightjar.benchmark.harness.Sample;
import io.nightjar.benchmark.harness.StartUp;
import io.nightjar.benchmark.harness.StepBenchmark;
import io.nightjar.benchmark.harness.StepResult;
import io.nightjar.benchmark.report.BenchmarkReport;
import io.nightjar.benchmark.step.BackboneStep;
import io.nightjar.benchmark.step.BankStep;
import io.nightjar.benchmark.step.CovarianceStep;
import io.nightjar.benchmark.step.DecodeStep;
import io.nightjar.benchmark.step.EigenStep;
import io.nightjar.benchmark.step.MetricsStep;
import io.nightjar.benchmark.step.PcaStep;
import io.nightjar.benchmark.step.ProjectionStep;
import io.nightjar.benchmark.step.SearchStep;
import io.nightjar.benchmark.step.WholeStep;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.demo.DemoDataset;
import io.nightjar.dataset.layout.MvtecAdLayout;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.linalg.Blas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Measures the steps of an evaluation alone and the whole, and leaves {@code benchmark.json}. The
 * steps take a sample of the first category's images; the whole takes the categories named, or the
 * first one.
 *
 * <pre>{@code
 * BenchmarkReport report =
 *     new BenchmarkEvaluation(spark)
 *         .data("mvtec_ad")
 *         .backbone(() -> BackboneModel.build(EmbeddingSpec.of(Architecture.RESNET50), weights))
 *         .out(Path.of("benchmark"))
 *         .execute();
 * }</pre>
 */
public final class BenchmarkEvaluation {
  /** The file with all figures. */
  public static final String JSON = "benchmark.json";

  private static final DemoDataset.Options DRAWN = new DemoDataset.Options(900, 32, 6, 3, 1);
  private static final DemoDataset.Options DRAWN_QUICKLY =
      new DemoDataset.Options(512, 20, 2, 1, 1);
  private static final List<String> DRAWN_CATEGORIES = List.of("bottle");

  private final SparkSession session;
  private Optional<String> data = Optional.empty();
  private List<String> only = List.of();
  private Supplier<BackboneModel> backbone;
  private Path out;
  private Set<BenchmarkStep> steps = BenchmarkStep.parse(List.of());
  private BenchmarkOptions options = new BenchmarkOptions(5, false);
  private StartUp startUp = new StartUp(0, 0);
  private Consumer<String> progress = line -> {};

  /** Creates a benchmark of all steps; nothing is measured before {@link #execute}. */
  public BenchmarkEvaluation(SparkSession session) {
    this.session = Objects.requireNonNull(session, "session");
  }

  /** The data set's folder, on any Hadoop file system; images are drawn where none is named. */
  public BenchmarkEvaluation data(String root) {
    this.data = Optional.of(root);
    return this;
  }

  /** The categories to take; the first one where none is named. */
  public BenchmarkEvaluation categories(List<String> names) {
    this.only = List.copyOf(names);
    return this;
  }

  /** The network, loaded once the data set is known to be usable. */
  public BenchmarkEvaluation backbone(Supplier<BackboneModel> loader) {
    this.backbone = loader;
    return this;
  }

  /** A local folder for the figures and for what the whole evaluation writes. */
  public BenchmarkEvaluation out(Path folder) {
    this.out = folder;
    return this;
  }

  /** What to measure; everything where nothing is named. */
  public BenchmarkEvaluation steps(Set<BenchmarkStep> chosen) {
    this.steps = Set.copyOf(chosen);
    return this;
  }

  /**
   * How often, and whether on little data.
   *
   * @throws InvalidInputException if {@code runs} is not 1 to 1000
   */
  public BenchmarkEvaluation options(int runs, boolean quick) {
    this.options = new BenchmarkOptions(runs, quick);
    return this;
  }

  /** What the process had paid before; is written to the report. */
  public BenchmarkEvaluation startUp(StartUp before) {
    this.startUp = before;
    return this;
  }

  /** Whom to inform, in a line each, what is being measured. */
  public BenchmarkEvaluation progress(Consumer<String> listener) {
    this.progress = listener;
    return this;
  }

  /** All that the benchmark was given but the network, by the names of the command's options. */
  public Map<String, Object> describe() {
    Map<String, Object> given = new LinkedHashMap<>();
    data.ifPresent(root -> given.put("data", root));
    given.put("category", only);
    given.put("out", String.valueOf(out));
    given.put("steps", new TreeSet<>(steps));
    given.put("runs", options.runs());
    given.put("quick", options.quick());
    return given;
  }

  /**
   * Measures.
   *
   * @throws InvalidInputException for what the user can mend
   */
  public BenchmarkReport execute() {
    Objects.requireNonNull(backbone, "Name the backbone before execute()");
    Objects.requireNonNull(out, "Name the folder before execute()");
    long start = System.nanoTime();
    Configuration configuration = session.sessionState().newHadoopConf();
    new InputPlaces(configuration)
        .folder("--data", data)
        .requireApart("--out", out.toUri().toString());
    Path file = ResultFile.in(out, JSON, BenchmarkReport.FIELDS);
    Blas.requireNatives(); // before MLlib, which then calculates with the same library: a fair
    // comparison
    String root = data.orElseGet(this::draw);
    List<Category> categories = categories(root, configuration);
    BackboneModel model = backbone.get();
    Sample sample = Sample.read(categories.get(0), model, options, configuration);
    BenchmarkContext context =
        new BenchmarkContext(
            session,
            sample,
            options,
            root,
            categories.stream().map(Category::name).toList(),
            categories.stream().mapToInt(c -> c.train().size() + c.test().size()).sum(),
            out);
    List<StepResult> results = measure(context);
    BenchmarkReport report =
        new BenchmarkReport(
            subject(context),
            Machine.describe(),
            startUp,
            results,
            PeakMemory.measure(),
            (System.nanoTime() - start) / 1e9);
    write(report, file);
    return report;
  }

  private String draw() {
    Path folder = out.resolve(options.quick() ? "data-quick" : "data");
    progress.accept("drawing images into " + folder);
    DemoDataset.generate(folder, options.quick() ? DRAWN_QUICKLY : DRAWN, DRAWN_CATEGORIES);
    return folder.toString();
  }

  private List<Category> categories(String root, Configuration configuration) {
    List<Category> all = MvtecAdLayout.list(root, only, configuration);
    return only.isEmpty() ? all.subList(0, 1) : all;
  }

  private List<StepResult> measure(BenchmarkContext context) {
    Map<BenchmarkStep, StepResult> results = new EnumMap<>(BenchmarkStep.class);
    for (BenchmarkStep step : wholeFirst()) {
      progress.accept("measuring " + step.id() + ": " + step.description());
      results.put(step, benchmark(step).run(context));
    }
    return List.copyOf(results.values());
  }

  /** Ahead of the others, the whole finds the process as a user does, and its peaks of memory. */
  private List<BenchmarkStep> wholeFirst() {
    return steps.stream()
        .sorted(
            Comparator.comparing((BenchmarkStep step) -> step != BenchmarkStep.WHOLE)
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static StepBenchmark benchmark(BenchmarkStep step) {
    return switch (step) {
      case DECODE -> new DecodeStep();
      case BACKBONE -> new BackboneStep();
      case COVARIANCE -> new CovarianceStep();
      case EIGEN -> new EigenStep();
      case PCA -> new PcaStep();
      case PROJECTION -> new ProjectionStep();
      case SEARCH -> new SearchStep();
      case METRICS -> new MetricsStep();
      case BANK -> new BankStep();
      case WHOLE -> new WholeStep();
    };
  }

  private Map<String, Object> subject(BenchmarkContext context) {
    Sample sample = context.sample();
    BackboneModel model = sample.backbone();
    Map<String, Object> subject = new LinkedHashMap<>();
    subject.put(
        "data",
        Map.of(
            "root",
            context.data(),
            "drawn",
            data.isEmpty(),
            "categories",
            context.categories(),
            "sample_category",
            sample.category(),
            "sample_train_images",
            sample.train().size(),
            "sample_test_images",
            sample.test().size()));
    subject.put(
        "backbone",
        Map.of(
            "architecture", model.spec().architecture().id(),
            "layers", model.spec().layers(),
            "image_size", model.spec().imageSize().value(),
            "grid", model.spec().grid().value(),
            "weights", model.weightsSource(),
            "weights_sha256", model.weightsSha256()));
    subject.put(
        "settings",
        Map.of(
            "runs", options.runs(),
            "quick", options.quick(),
            "seconds_per_measurement", options.seconds(),
            "master", session.sparkContext().master()));
    return subject;
  }

  private static void write(BenchmarkReport report, Path file) {
    try {
      Files.write(file, report.toJson().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw PlaceFault.refused("--out %s cannot be written: %s", file, e);
    }
  }
}
