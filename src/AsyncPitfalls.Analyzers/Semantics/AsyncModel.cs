using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// What is known about the asynchronous code of one compilation: the entry to every subject of this folder. Rules and
/// fixes get the same object for the same compilation, so that each fact is found once.
/// </summary>
internal sealed class AsyncModel
{
    private static readonly ConditionalWeakTable<Compilation, AsyncModel> Models = new();

    private AsyncModel(Compilation compilation, AnalyzerOptions options)
    {
        Compilation = compilation;
        Options = options;
        Files = new WrittenFiles(options);
        Types = new KnownTypes(new TypesByName(compilation));
        Awaitables = new Awaitables(this);
        Bodies = new Bodies(this);
        CaughtExceptions = new CaughtExceptions(this);
        BlockingWaits = new BlockingWaits(this);
        GenuineWaits = new GenuineWaits(this);
        SourceTypes = new SourceTypes(this);
        CallTargets = new CallTargets(this);
        NamedFiles = new NamedFiles(this);
        CallChains = new CallChains(this);
        BlockedCalls = new BlockedCalls(this);
        PoolWork = new PoolWork(this);
        AssignedValues = new AssignedValues(this);
        CompletedTasks = new CompletedTasks(this);
        DedicatedThreads = new DedicatedThreads(this);
        WaitThreads = new WaitThreads(this);
        LoopRunners = new LoopRunners(this);
        ForeignLoops = new ForeignLoops(this);
        HandOvers = new HandOvers(this);
        Surroundings = new Surroundings(this);
        TaskFates = new TaskFates(this);
        SureObservations = new SureObservations(this);
        ShutdownWaits = new ShutdownWaits(this);
        CallSites = new CallSites(this);
        FunctionEnds = new FunctionEnds(this);
        DeliberateDrops = new DeliberateDrops(this);
        ClosedTasks = new ClosedTasks(this);
        Mocks = new Mocks(this);
        TaskMakers = new TaskMakers(this);
        TaskBatches = new TaskBatches(this);
        MeantResults = new MeantResults(this);
        FaultHandlers = new FaultHandlers(this);
        UnobservedTasks = new UnobservedTasks(this);
        LostTasks = new LostTasks(this);
        UnstartedTasks = new UnstartedTasks(this);
        Faultless = new FaultlessTasks(this);
        LeftTasks = new LeftTasks(this);
        NestedTasks = new NestedTasks(this);
        TaskDefects = new TaskDefects(this);
        CancellationTokens = new CancellationTokens(this);
        EndlessTasks = new EndlessTasks(this);
        EndlessWaits = new EndlessWaits(this);
        EndlessLoops = new EndlessLoops(this);
        StartUps = new StartUps(this);
        BlockingMembers = new BlockingMembers(this);
        BlockingSequences = new BlockingSequences(this);
        AwaitedCounterparts = new AwaitedCounterparts(this);
        AwaitingPlaces = new AwaitingPlaces(this);
        BlockingDefects = new BlockingDefects(this);
        PrecedingAwaits = new PrecedingAwaits(this);
        SuspendingAwaits = new SuspendingAwaits(this);
        HeldLocks = new HeldLocks(this);
        ThreadBoundValues = new ThreadBoundValues(this);
        EarlyReads = new EarlyReads(this);
        Unexecuted = new UnexecutedCode(this);
        NeedlessThreads = new NeedlessThreads(this);
        LingeringThreads = new LingeringThreads(this);
        InstalledLoops = new InstalledLoops(this);
        MissingLoops = new MissingLoops(this);
        LooplessThreads = new LooplessThreads(this);
        InheritedImplementations = new InheritedImplementations(this);
        NeverAwaits = new NeverAwaits(this);
        AsyncVoids = new AsyncVoids(this);
        Loggers = new Loggers(this);
        UnawaitedCallbacks = new UnawaitedCallbacks(this);
        SharedChanges = new SharedChanges(this);
        KnownOrigins = new KnownOrigins(this);
        Siblings = new AsyncSiblings(this);
        Needless = new NeedlessSiblings(this);
        AsyncClosings = new AsyncClosings(this);
        MissedSiblings = new MissedSiblings(this);
        SerialAwaits = new SerialAwaits(this);
    }

    public Compilation Compilation { get; }

    public AnalyzerOptions Options { get; }

    public WrittenFiles Files { get; }

    public KnownTypes Types { get; }

    public Awaitables Awaitables { get; }

    public Bodies Bodies { get; }

    public CaughtExceptions CaughtExceptions { get; }

    public FlowGraphs FlowGraphs { get; } = new();

    public HandOvers HandOvers { get; }

    public Surroundings Surroundings { get; }

    public TaskFates TaskFates { get; }

    public SureObservations SureObservations { get; }

    public ShutdownWaits ShutdownWaits { get; }

    public CallSites CallSites { get; }

    public FunctionEnds FunctionEnds { get; }

    public DeliberateDrops DeliberateDrops { get; }

    public ClosedTasks ClosedTasks { get; }

    public Mocks Mocks { get; }

    public TaskMakers TaskMakers { get; }

    public TaskBatches TaskBatches { get; }

    public MeantResults MeantResults { get; }

    public FaultHandlers FaultHandlers { get; }

    public UnobservedTasks UnobservedTasks { get; }

    public LostTasks LostTasks { get; }

    public UnstartedTasks UnstartedTasks { get; }

    public FaultlessTasks Faultless { get; }

    public LeftTasks LeftTasks { get; }

    public NestedTasks NestedTasks { get; }

    public TaskDefects TaskDefects { get; }

    public CancellationTokens CancellationTokens { get; }

    public EndlessTasks EndlessTasks { get; }

    public EndlessWaits EndlessWaits { get; }

    public EndlessLoops EndlessLoops { get; }

    public StartUps StartUps { get; }

    public BlockingMembers BlockingMembers { get; }

    public BlockingSequences BlockingSequences { get; }

    public AwaitedCounterparts AwaitedCounterparts { get; }

    public AwaitingPlaces AwaitingPlaces { get; }

    public BlockingDefects BlockingDefects { get; }

    public PrecedingAwaits PrecedingAwaits { get; }

    public SuspendingAwaits SuspendingAwaits { get; }

    public HeldLocks HeldLocks { get; }

    public ThreadBoundValues ThreadBoundValues { get; }

    public EarlyReads EarlyReads { get; }

    public UnawaitedCallbacks UnawaitedCallbacks { get; }

    public PoolWork PoolWork { get; }

    public SharedChanges SharedChanges { get; }

    public SerialAwaits SerialAwaits { get; }

    public UnexecutedCode Unexecuted { get; }

    public NeedlessThreads NeedlessThreads { get; }

    public LingeringThreads LingeringThreads { get; }

    public InstalledLoops InstalledLoops { get; }

    public MissingLoops MissingLoops { get; }

    public LooplessThreads LooplessThreads { get; }

    public BlockingWaits BlockingWaits { get; }

    public GenuineWaits GenuineWaits { get; }

    public SourceTypes SourceTypes { get; }

    public NamedFiles NamedFiles { get; }

    public CallTargets CallTargets { get; }

    public CallChains CallChains { get; }

    public BlockedCalls BlockedCalls { get; }

    public CompletedTasks CompletedTasks { get; }

    public DedicatedThreads DedicatedThreads { get; }

    public WaitThreads WaitThreads { get; }

    public InheritedImplementations InheritedImplementations { get; }

    public NeverAwaits NeverAwaits { get; }

    public AsyncVoids AsyncVoids { get; }

    public AssignedValues AssignedValues { get; }

    public LoopRunners LoopRunners { get; }

    public Loggers Loggers { get; }

    public ForeignLoops ForeignLoops { get; }

    public KnownOrigins KnownOrigins { get; }

    public AsyncSiblings Siblings { get; }

    public NeedlessSiblings Needless { get; }

    public AsyncClosings AsyncClosings { get; }

    public MissedSiblings MissedSiblings { get; }

    /// <summary>The model of a compilation, made when it is first asked for.</summary>
    public static AsyncModel For(Compilation compilation, AnalyzerOptions options) =>
        Models.TryGetValue(compilation, out var model)
            ? model
            : Models.GetValue(compilation, key => new AsyncModel(key, options));
}
