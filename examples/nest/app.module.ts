import { Module } from "@nestjs/common";
import { ConfigModule, ConfigService } from "@nestjs/config";
import { APP_FILTER } from "@nestjs/core";
import { AccountsController, AccountsService } from "./accounts.ts";
import { FlinksExceptionFilter } from "./flinks.filter.ts";
import { FlinksModule } from "./flinks.module.ts";

@Module({
  imports: [
    ConfigModule.forRoot(),
    FlinksModule.forRootAsync({
      imports: [ConfigModule],
      inject: [ConfigService],
      useFactory: (config: ConfigService) => {
        const baseUrl = config.get("FLINKS_BASE_URL");
        return {
          ...(baseUrl ? { baseUrl } : { instance: config.get("FLINKS_INSTANCE") }),
          customerId: config.get("FLINKS_CUSTOMER_ID"),
          secretKey: config.get("FLINKS_SECRET_KEY"),
          apiKey: config.get("FLINKS_API_KEY"),
        };
      },
    }),
  ],
  controllers: [AccountsController],
  providers: [AccountsService, { provide: APP_FILTER, useClass: FlinksExceptionFilter }],
})
export class AppModule {}
