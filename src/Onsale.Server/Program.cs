using Onsale.Server;
using Onsale.Server.Cli;

return CommandLine.Handles(args)
    ? await CommandLine.RunAsync(args)
    : await ProgramRun.RunAsync(() => OnsaleApp.Build(args));
