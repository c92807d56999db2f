using Onsale.Server;
using Onsale.Server.Hosting;

return CommandLine.Handles(args)
    ? await CommandLine.RunAsync(args)
    : await ProgramRun.RunAsync(() => OnsaleApp.Build(args));
