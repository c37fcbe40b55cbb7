package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code nightjar-submit} would run. */
class NightjarSubmitTest {
  private static final String SCRIPT = Command.script("gpu-discovery.sh").toString();
  private static final Pattern GPU_AMOUNT =
      Pattern.compile("--conf spark\\.task\\.resource\\.gpu\\.amount=(\\S+)");

  @TempDir private Path work;

  @ParameterizedTest
  @ValueSource(strings = {"spark://head:7077", "yarn", "k8s://https://head:6443"})
  void everyMasterGetsTheCommandAndTheCommonSettings(String master) throws Exception {
    String command = printed("--master " + master + " --image nightjar:1");

    assertThat(command)
        .startsWith("/opt/spark/bin/spark-submit --class io.nightjar.cli.Nightjar ")
        .contains(
            " --master " + master + " ",
            " --conf spark.executor.cores=4 ",
            " --conf spark.executor.memory=8g ",
            " --conf spark.executor.memoryOverhead=6g ",
            " --conf spark.driver.memory=8g ",
            " --conf spark.driver.maxResultSize=0 ",
            " --conf spark.scheduler.mode=FAIR ",
            " --conf spark.dynamicAllocation.enabled=false ",
            " --conf spark.executorEnv.LC_ALL=C.UTF-8 ")
        .doesNotContain("gpu")
        .endsWith(" s3a://factory/nightjar.jar evaluate --data s3a://factory/my\\ data");
  }

  @Test
  void standaloneBoundsTheCores() throws Exception {
    assertThat(printed("--master spark://head:7077 --executors 3 --cores 5"))
        .contains(" --conf spark.cores.max=15 ", " --conf spark.executor.cores=5 ")
        .doesNotContain("spark.executor.instances", "deployMode");
  }

  @Test
  void standaloneRunsTheDriverInTheClusterWhereItIsAskedTo() throws Exception {
    assertThat(printed("--master spark://head:7077 --deploy-mode cluster"))
        .contains(
            " --conf spark.submit.deployMode=cluster ",
            " --conf spark.standalone.submit.waitAppCompletion=true ",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
        .doesNotContain("log4j2");
  }

  /** The driver's JVM in the cluster has no launcher that opens them; this one has the POM's. */
  @Test
  void theDriverInTheClusterOpensThePackagesThatTheBuildOpens() throws Exception {
    List<String> opened = new ArrayList<>();
    Matcher option =
        Pattern.compile("--add-opens=[^ \\\\]+")
            .matcher(printed("--master spark://head:7077 --deploy-mode cluster"));
    while (option.find()) {
      opened.add(option.group());
    }
    assertThat(opened).containsExactlyInAnyOrderElementsOf(Command.opened());
  }

  @Test
  void yarnRunsTheDriverHereWhereItIsAskedTo() throws Exception {
    assertThat(printed("--master yarn --deploy-mode client"))
        .contains(" --conf spark.submit.deployMode=client ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark://head:7077 --deploy-mode cluster",
        "yarn",
        "k8s://h --image i --conf spark.kubernetes.file.upload.path=s3a://u"
      })
  void aDriverInTheClusterIsGivenWhereToSayHowItEnded(String master) throws Exception {
    assertThat(printed("--jar a.jar --master " + master + " --status s3a://factory/night.json"))
        .containsPattern(" --status-file s3a://factory/night\\.json --run-id \\S+$");
  }

  @Test
  void itsRunHasTheNameThatItWasGiven() throws Exception {
    assertThat(
            submit(
                    List.of(
                        "--print --master yarn --jar a.jar -- score --out s3a://o --run-id n7"
                            .split(" ", -1)))
                .out()
                .strip())
        .endsWith(" a.jar score --out s3a://o --run-id n7");
  }

  @Test
  void yarnRunsTheDriverInTheClusterAndOnce() throws Exception {
    assertThat(printed("--master yarn --executors 3"))
        .contains(
            " --conf spark.executor.instances=3 ",
            " --conf spark.submit.deployMode=cluster ",
            " --conf spark.yarn.maxAppAttempts=1 ",
            " --conf spark.yarn.appMasterEnv.LC_ALL=C.UTF-8 ");
  }

  @Test
  void kubernetesGetsItsImage() throws Exception {
    assertThat(printed("--master k8s://https://head:6443 --image nightjar:1"))
        .contains(
            " --conf spark.executor.instances=2 ",
            " --conf spark.submit.deployMode=cluster ",
            " --conf spark.kubernetes.container.image=nightjar:1 ",
            " --conf spark.kubernetes.driverEnv.LC_ALL=C.UTF-8 ");
  }

  @Test
  void onStandaloneTheWorkersHandOutTheGpus() throws Exception {
    assertThat(printed("--master spark://head:7077 --gpu"))
        .contains(
            " --conf spark.executor.resource.gpu.amount=1 ",
            " --conf spark.task.resource.gpu.amount=0.2500 ",
            " --conf spark.executorEnv.CUDA_DEVICE_ORDER=PCI_BUS_ID ")
        .doesNotContain("spark.executor.resource.gpu.discoveryScript");
  }

  @Test
  void onYarnTheDiscoveryScriptTravelsWithTheJob() throws Exception {
    assertThat(printed("--master yarn --gpu"))
        .contains(
            " --files " + SCRIPT + " ",
            " --conf spark.executor.resource.gpu.amount=1 ",
            " --conf spark.executor.resource.gpu.discoveryScript=./gpu-discovery.sh ");
  }

  @Test
  void onKubernetesTheVendorNamesTheResource() throws Exception {
    assertThat(printed("--master k8s://https://head:6443 --image nightjar:1 --gpu"))
        .contains(
            " --conf spark.executor.resource.gpu.amount=1 ",
            " --conf spark.executor.resource.gpu.vendor=nvidia.com ",
            " --conf spark.executor.resource.gpu.discoveryScript=/opt/nightjar/gpu-discovery.sh ");
  }

  /** Spark takes a whole number or at most 0.5, and runs floor(1 / amount) tasks on one GPU. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 7, 16, 48, 96})
  void everyCoreOfAnExecutorHasAShareOfItsGpu(int cores) throws Exception {
    Matcher found = GPU_AMOUNT.matcher(printed("--master yarn --gpu --cores " + cores));

    assertThat(found.find()).isTrue();
    double amount = Double.parseDouble(found.group(1));
    assertThat(amount == 1 || amount <= 0.5).isTrue();
    assertThat(Math.floor(1 / amount)).isGreaterThanOrEqualTo(cores);
  }

  @Test
  void theUsersOwnSettingsComeLastAndSoWin() throws Exception {
    String command = printed("--master yarn --conf spark.executor.memoryOverhead=9g");

    assertThat(command.indexOf("memoryOverhead=9g")).isGreaterThan(command.indexOf("=6g"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--jar a.jar -- evaluate | name the cluster with --master",
        "--master yarn --jar a.jar | name a Nightjar command after --, such as: -- evaluate --data"
            + " ...",
        "--master yarn --jar a.jar -- | name a Nightjar command after --, such as: -- evaluate"
            + " --data ...",
        "--master | --master needs a value",
        "--master local[2] --jar a.jar -- evaluate | --master is local[2]; it must be"
            + " spark://HOST:PORT, yarn or k8s://URL (for one machine use deploy/local/nightjar)",
        "--master yarn --data x -- evaluate | there is no option --data; Nightjar's own options"
            + " follow --",
        "--master yarn --cores 0 --jar a.jar -- evaluate | --executors and --cores take whole"
            + " numbers, not 0",
        "--master yarn --deploy-mode both --jar a.jar -- evaluate | --deploy-mode is both; it must be"
            + " client or cluster",
        "--master yarn --status s3a://n --jar a.jar -- evaluate --status-file s3a://m | --status and"
            + " Nightjar's own --status-file say the same; leave one out",
        "--master k8s://h --jar local:///a.jar -- evaluate | Kubernetes needs a container image:"
            + " --image NAME",
      })
  void wrongUseEndsWithASentence(String arguments, String sentence) throws Exception {
    Command command = submit(List.of(arguments.split(" ", -1)));

    assertThat(command.exitCode()).isEqualTo(2);
    assertThat(command.out()).isEmpty();
    assertThat(command.err().strip()).isEqualTo("nightjar-submit: " + sentence);
  }

  @Test
  void kubernetesCannotTakeAJarFromThisMachineUnlessItMayUploadIt() throws Exception {
    List<String> words =
        List.of("--print --master k8s://h --image i --jar a.jar -- evaluate".split(" ", -1));
    List<String> upload = new ArrayList<>(words);
    upload.addAll(1, List.of("--conf", "spark.kubernetes.file.upload.path=s3a://factory/jars"));

    assertThat(submit(words).exitCode()).isEqualTo(2);
    assertThat(submit(words).err()).contains("cannot read a.jar", "--jar local:///");
    assertThat(submit(upload).exitCode()).isZero();
  }

  private String printed(String options) throws Exception {
    List<String> words = new ArrayList<>(List.of("--print", "--jar", "s3a://factory/nightjar.jar"));
    words.addAll(List.of(options.split(" ", -1)));
    words.addAll(List.of("--", "evaluate", "--data", "s3a://factory/my data"));
    Command command = submit(words);
    assertThat(command.exitCode()).as(command.err()).isZero();
    return command.out().strip();
  }

  private Command submit(List<String> arguments) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(Command.script("nightjar-submit").toString());
    words.addAll(arguments);
    return Command.run(work, Map.of("SPARK_HOME", "/opt/spark"), words);
  }
}
